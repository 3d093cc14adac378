package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.xgradient.data.DataException;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.report.text.SafeText;
import org.xgradient.spark.model.ClassColumn;
import org.xgradient.spark.model.ModelSpec;

/** Which outputs are explained: what a stage says of classes, checked against the labels. */
final class TargetPlan {

  private static final String PREDICTED = "predicted";

  private final AttributionTransformer stage;
  private final SchemaColumns columns;
  private final Optional<LabelEncoding> labels;

  TargetPlan(AttributionTransformer stage, SchemaColumns columns, Optional<LabelEncoding> labels) {
    this.stage = stage;
    this.columns = columns;
    this.labels = labels;
  }

  private String classesColumn() {
    return stage.getOrDefault(stage.targetClassesCol());
  }

  /**
   * The outputs that are the same for all rows.
   *
   * @return indices of classes; none for the usual one, or if each row says which
   * @throws DataException if there is no such class, or each row says which
   */
  ImmutableList<Integer> outputs() {
    String[] targets = stage.getOrDefault(stage.targetClasses());
    boolean byRow = !classesColumn().isEmpty();
    if (byRow && targets.length > 0) {
      throw new DataException("give targetClasses or targetClassesCol, not both");
    }
    if (labels.isPresent()
        && labels.get().task() == Task.REGRESSION
        && (byRow || targets.length > 0)) {
      throw new DataException(
          "targetClasses and targetClassesCol are for classes, but \"%s\" is a number; leave them out"
              .formatted(SafeText.of(labels.get().column())));
    }
    return Arrays.stream(targets)
        .map(name -> labels.map(known -> named(name, known)).orElseGet(() -> numbered(name)))
        .collect(ImmutableList.toImmutableList());
  }

  private static int named(String name, LabelEncoding labels) {
    int index = labels.classes().indexOf(name);
    if (index < 0 && !name.equals(PREDICTED)) {
      throw new DataException(
          "targetClasses must be classes of \"%s\" or %s, found \"%s\"; the classes are %s"
              .formatted(
                  SafeText.of(labels.column()),
                  PREDICTED,
                  SafeText.of(name),
                  SafeText.of(String.join(", ", labels.classes()))));
    }
    return index < 0 ? ModelSpec.PREDICTED : index;
  }

  private static int numbered(String name) {
    if (name.equals(PREDICTED)) {
      return ModelSpec.PREDICTED;
    }
    try {
      int index = Integer.parseInt(name);
      if (index >= 0) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new DataException(
        "targetClasses of a plain SavedModel must be indices of outputs, from 0, or %s, found \"%s\""
            .formatted(PREDICTED, SafeText.of(name)));
  }

  /**
   * The column where each row says which.
   *
   * @param modelOutputs how many outputs the loaded model has
   * @throws DataException if it is missing or of another type
   */
  ClassColumn ofRows(IntSupplier modelOutputs) {
    String column = classesColumn();
    if (column.isEmpty()) {
      return ClassColumn.none();
    }
    int position = columns.position("targetClassesCol", column);
    DataType type = columns.type(position);
    ImmutableList<String> names = labels.map(LabelEncoding::classes).orElse(ImmutableList.of());
    SchemaColumns.require(
        column,
        type instanceof NumericType || (!names.isEmpty() && type instanceof StringType),
        names.isEmpty() ? "the index of a class" : "a class",
        type);
    return new ClassColumn(
        column, position, names, names.isEmpty() ? modelOutputs.getAsInt() : names.size());
  }
}
