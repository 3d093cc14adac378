package org.xgradient.metrics.masking;

/**
 * From which end of a {@link PixelOrder} the pixels that stay are taken. Of equal pixels, the one
 * of the lower index is taken first in both cases.
 */
public enum Masking {
  /** The pixels that come first stay. */
  KEEP,
  /** The pixels that come last stay: those that come first are removed. */
  REMOVE
}
