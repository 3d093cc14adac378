package org.xgradient.experiments.image;

/** What counts as the class of an image: its logit is explained, and accuracy is against it. */
public enum ImageTarget {
  /** The class that the data give. */
  LABEL,
  /** The class that the network itself finds most probable; for photos without reliable labels. */
  PREDICTED
}
