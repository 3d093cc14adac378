package org.xgradient.data.image;

/** How the size of an image is changed before the crop. */
public enum Resize {
  /** The short side gets the given length, the long side the length that keeps the proportions. */
  SHORT_SIDE,
  /** Both sides get the given length; the proportions are lost. */
  SQUARE
}
