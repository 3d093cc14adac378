package org.xgradient.training.model;

import com.google.common.base.Ascii;

/** What the model in a model directory takes. */
public enum ModelKind {
  /** Rows of a table: {@link org.xgradient.training.table.TableModel}. */
  TABLE,
  /** Images: {@link org.xgradient.training.image.ImageModel}. */
  IMAGE,
  /** Texts: {@link org.xgradient.training.text.TextModel}. */
  TEXT;

  /** {@return the name in a manifest} */
  String manifestName() {
    return Ascii.toLowerCase(name());
  }
}
