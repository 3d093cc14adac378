package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.Task;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.Standardizer;
import org.xgradient.training.image.ImageModelInfo;
import org.xgradient.training.text.TextModelInfo;

/** What the outputs of models of texts and of images mean, in the words of tables. */
public final class ModelLabels {

  private ModelLabels() {}

  /**
   * Of texts.
   *
   * @param info what is known of the model
   * @return its classes
   */
  public static LabelEncoding of(TextModelInfo info) {
    return classes(info.classes().task(), info.classes().names());
  }

  /**
   * Of images, which have a logit for each class, also of two.
   *
   * @param info what is known of the model
   * @return its classes
   */
  public static LabelEncoding of(ImageModelInfo info) {
    return classes(Task.MULTICLASS, info.classes().names());
  }

  private static LabelEncoding classes(Task task, ImmutableList<String> names) {
    return new LabelEncoding(
        "class", ColumnReading.plain(ColumnType.CATEGORICAL), task, names, new Standardizer(0, 1));
  }
}
