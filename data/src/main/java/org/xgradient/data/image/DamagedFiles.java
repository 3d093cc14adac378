package org.xgradient.data.image;

/** What to do about files in a folder that are not whole images. */
public enum DamagedFiles {
  /** Leave them out, log a warning that names them, and count them. */
  SKIP,
  /** Fail at the first one. */
  FAIL
}
