package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableSortedMap.toImmutableSortedMap;
import static java.util.Comparator.naturalOrder;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.data.table.text.Names;

/**
 * How the label column becomes what a network is trained on, and back.
 *
 * <p>For a classification the labels become class indices: numeric classes in ascending order (so 0
 * and 1 stay 0 and 1), texts in the order of {@link String#compareTo}. For a regression the labels
 * are standardised, z = (y - mean) / scale over the training rows: then a network, whose first
 * outputs are near 0, starts near the mean whatever the unit is, and one learning rate and one
 * weight of a prior serve all units. A network's output, and its attributions, times the scale are
 * in the label's unit.
 *
 * @param column the name of the label column
 * @param reading how its cells are read
 * @param task what the labels mean
 * @param classes the names of the classes in the order of their indices; empty for a regression
 * @param standardizer the shift and scale of a regression; mean 0 and scale 1 for a classification
 */
public record LabelEncoding(
    String column,
    ColumnReading reading,
    Task task,
    ImmutableList<String> classes,
    Standardizer standardizer) {

  /** Numeric labels with more distinct values than this are a regression's, unless forced. */
  public static final int MAXIMUM_NUMERIC_CLASSES = 20;

  static final Standardizer UNCHANGED = new Standardizer(0, 1);

  /**
   * Checks that the classes fit the task.
   *
   * @throws IllegalArgumentException if they do not
   */
  public LabelEncoding {
    checkArgument(
        Names.firstDuplicate(classes).isEmpty(),
        "the classes must be different, found %s",
        classes);
    boolean fits =
        switch (task) {
          case BINARY -> classes.size() == 2;
          case MULTICLASS -> classes.size() >= 2;
          case REGRESSION -> classes.isEmpty() && reading.type() == ColumnType.NUMERIC;
        };
    checkArgument(fits, "%s must not have the classes %s", task, classes);
  }

  /**
   * Fits the encoding, and decides the task by the labels: two distinct labels are a binary
   * classification; texts, and at most {@value #MAXIMUM_NUMERIC_CLASSES} distinct whole numbers,
   * are a multi-class classification; other numbers are a regression.
   *
   * @param labels the label column, none missing
   * @param rows the indices of the training rows, whose mean and scale a regression takes; the
   *     classes are those of all rows
   * @return the encoding
   * @throws DataException if a label is missing, all are the same, or a class may be a slip of
   *     another: it is rare beside it, and named alike or a third one
   */
  public static LabelEncoding fit(Column labels, ImmutableIntArray rows) {
    return LabelFit.fit(labels, rows, Optional.empty());
  }

  /**
   * Fits the encoding for a task.
   *
   * @param labels the label column, none missing
   * @param rows the indices of the training rows, whose mean and scale a regression takes; the
   *     classes are those of all rows
   * @param task what the labels mean
   * @return the encoding
   * @throws DataException if a label is missing, all are the same, or they do not fit the task
   */
  public static LabelEncoding fit(Column labels, ImmutableIntArray rows, Task task) {
    return LabelFit.fit(labels, rows, Optional.of(task));
  }

  /** {@return what the cells of the label column are} */
  public ColumnType type() {
    return reading.type();
  }

  /** {@return the number of outputs of a model: 1 unless the task is multi-class} */
  public int outputs() {
    return task == Task.MULTICLASS ? classes.size() : 1;
  }

  /**
   * Encodes labels.
   *
   * @param labels a label column, none missing
   * @return class indices, or standardised numbers; of shape {@code [rows]}
   * @throws DataException if a label is missing, of the other type, or not one of the classes
   */
  public FloatArray encode(Column labels) {
    LabelFit.requireComplete(labels);
    float[] encoded = new float[labels.rows()];
    for (int row = 0; row < encoded.length; row++) {
      encoded[row] = encode(labels, row);
    }
    return FloatArray.of(encoded, encoded.length);
  }

  private float encode(Column labels, int row) {
    if (task == Task.REGRESSION) {
      return encodeNumber(labels, row);
    }
    String name = LabelFit.className(labels, row);
    int index = classes.indexOf(name);
    if (index < 0) {
      throw new DataException(
          "row %s (the header not counted): label \"%s\" must be one of %s, found \"%s\"; correct the cell"
              .formatted(row + 1, labels.name(), Names.list(classes), name));
    }
    return index;
  }

  private float encodeNumber(Column labels, int row) {
    if (!(labels instanceof NumericColumn numbers)) {
      throw new DataException(
          "label \"%s\" must be numeric, found a categorical column; read it as numeric"
              .formatted(labels.name()));
    }
    float encoded = (float) standardizer.standardize(numbers.value(row));
    if (!Float.isFinite(encoded)) {
      throw new CellException(
          row + 1,
          labels.name(),
          "the label is too large to be standardised, found %s; correct the cell"
              .formatted(numbers.value(row)));
    }
    return encoded;
  }

  /**
   * Counts the labels that are none of the classes.
   *
   * @param labels a label column; missing labels do not count
   * @return how many rows have each of them; empty for a regression
   */
  public ImmutableSortedMap<String, Long> unknown(Column labels) {
    if (task == Task.REGRESSION) {
      return ImmutableSortedMap.of();
    }
    ImmutableSet<String> known = ImmutableSet.copyOf(classes);
    return IntStream.range(0, labels.rows())
        .filter(row -> !labels.isMissing(row))
        .mapToObj(row -> LabelFit.className(labels, row))
        .filter(name -> !known.contains(name))
        .collect(toImmutableSortedMap(naturalOrder(), name -> name, name -> 1L, Long::sum));
  }

  /**
   * Undoes the encoding of a regression's label or output.
   *
   * @param encoded the standardised number
   * @return the number in the label's unit
   */
  public double restore(double encoded) {
    return standardizer.restore(encoded);
  }

  /** {@return this as JSON, with the version of the format} */
  public String toJson() {
    return LabelJson.write(this);
  }

  /**
   * Reads what {@link #toJson()} wrote.
   *
   * @param json the JSON text
   * @return the encoding
   * @throws DataException if the text is damaged or of another format version
   */
  public static LabelEncoding fromJson(String json) {
    return LabelJson.read(json);
  }
}
