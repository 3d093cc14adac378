package org.xgradient.data.image;

/** Whether the decoy of {@link DecoyShapes} tells the class. */
public enum DecoyMode {
  /** The colour of the patch is that of the image's class. */
  ALIGNED,
  /** The colour of the patch is that of a random class. */
  RANDOM,
  /** There is no patch. */
  CLEAN
}
