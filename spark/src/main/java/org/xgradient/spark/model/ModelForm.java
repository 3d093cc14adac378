package org.xgradient.spark.model;

/** What a model is of. */
public enum ModelForm {
  /** A model directory of a table. */
  TABLE,
  /** A model directory of texts. */
  TEXT,
  /** A model directory of images. */
  IMAGE,
  /** A SavedModel of which nothing else is known. */
  SAVED_MODEL
}
