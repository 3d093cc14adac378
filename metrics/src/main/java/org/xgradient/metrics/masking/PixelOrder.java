package org.xgradient.metrics.masking;

/** Which pixels come first when an attribution decides what stays of an image. */
public enum PixelOrder {
  /** By positive attribution; pixels with none have no place in the order. */
  POSITIVE,
  /** By negative attribution; pixels with none have no place in the order. */
  NEGATIVE,
  /** By absolute attribution; pixels whose attribution is 0 have no place in the order. */
  ABSOLUTE,
  /** By signed attribution, from the most positive to the most negative; all pixels. */
  SIGNED
}
