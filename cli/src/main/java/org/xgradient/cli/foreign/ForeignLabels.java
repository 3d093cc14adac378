package org.xgradient.cli.foreign;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.Doubles;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Split;
import org.xgradient.data.Task;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.Standardizer;
import org.xgradient.graph.savedmodel.ModelOutput;

/**
 * What the labels of a table are to a SavedModel of others, which does not name its classes.
 *
 * @param task what the model does
 * @param classes the number of classes; 0 of a regression
 */
public record ForeignLabels(Task task, int classes) {

  /** What an output of logits is called, by convention. */
  private static final String LOGITS = "logits";

  /**
   * Takes what the user says, or else what the output looks like: a sigmoid, or one value that is
   * called logits, is of two classes, several values are one for each class, and any other value is
   * a number.
   *
   * @param output the output of the model
   * @param given what the user says
   * @throws IllegalArgumentException if that does not fit the output
   */
  public static ForeignLabels of(ModelOutput output, Optional<Task> given) {
    checkArgument(
        output.shape().length() <= 1,
        "labels are held against outputs with one value for each class, found %s of shape %s; name"
            + " another with --output",
        output.name(),
        output.shape());
    checkArgument(
        output.size() == 1 || output.activation() != ModelOutput.Activation.SIGMOID,
        "labels are one class for each row, but the output %s gives %s, each by a sigmoid of its"
            + " own; name another with --output",
        output.name(),
        output.size());
    Task looks = looks(output);
    Task task = given.orElse(looks);
    checkArgument(
        (task == Task.MULTICLASS) == (output.size() > 1),
        "--task %s does not fit the output %s of %s values; it looks like %s",
        Ascii.toLowerCase(task.name()),
        output.name(),
        output.size(),
        Ascii.toLowerCase(looks.name()));
    return new ForeignLabels(
        task,
        switch (task) {
          case BINARY -> 2;
          case MULTICLASS -> output.size();
          case REGRESSION -> 0;
        });
  }

  /**
   * What the labels are called.
   *
   * @param column their column
   * @param cells all of them, as {@link #encode} takes them
   */
  public LabelEncoding named(String column, List<String> cells) {
    boolean numbers = areNumbers(cells);
    ImmutableList<String> names =
        numbers
            ? IntStream.range(0, classes)
                .mapToObj(index -> "class " + index)
                .collect(ImmutableList.toImmutableList())
            : ImmutableSortedSet.copyOf(cells).asList();
    return new LabelEncoding(
        column,
        ColumnReading.plain(task == Task.REGRESSION ? ColumnType.NUMERIC : ColumnType.CATEGORICAL),
        task,
        task == Task.REGRESSION ? ImmutableList.of() : names,
        new Standardizer(0, 1));
  }

  private static boolean areNumbers(List<String> cells) {
    return cells.stream().allMatch(cell -> Doubles.tryParse(cell.strip()) != null);
  }

  /** {@return the task that an output looks like} */
  public static Task looks(ModelOutput output) {
    if (output.size() > 1) {
      return Task.MULTICLASS;
    }
    return output.activation() == ModelOutput.Activation.SIGMOID
            || Ascii.equalsIgnoreCase(output.name(), LOGITS)
        ? Task.BINARY
        : Task.REGRESSION;
  }

  /** Says what was taken where nobody said it. */
  public void note() {
    ConsoleProgress.note(
        "note: the task is taken to be %s; --task says otherwise", Ascii.toLowerCase(task.name()));
  }

  /** {@return which rows are for what: all parts have the same shares of the classes} */
  public Split split(RandomSplit random, float... encoded) {
    if (task == Task.REGRESSION) {
      return random.split(encoded.length);
    }
    int[] ofRow = new int[encoded.length];
    for (int i = 0; i < ofRow.length; i++) {
      ofRow[i] = (int) encoded[i];
    }
    return random.split(ofRow);
  }

  /** {@return the number of outputs of a model of this task} */
  public int outputs() {
    return task == Task.MULTICLASS ? classes : 1;
  }

  /**
   * Encodes labels: numbers are the index of the class, texts are so in alphabetical order.
   *
   * @param cells the labels as they are written
   * @param rows the index of each in its file
   * @throws DataException if there is none, no such class, or not as many texts as classes
   */
  public FloatArray encode(List<String> cells, List<Integer> rows) {
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).isBlank()) {
        throw new DataException(
            "row %s has no label; fill it in, or delete the row".formatted(rows.get(i) + 1));
      }
    }
    float[] labels = new float[cells.size()];
    boolean numbers = areNumbers(cells);
    ImmutableList<String> levels = ImmutableSortedSet.copyOf(cells).asList();
    if (!numbers && (task == Task.REGRESSION || levels.size() != classes)) {
      throw new DataException(
          "the labels must be %s, found %s texts: %s"
              .formatted(
                  task == Task.REGRESSION
                      ? "numbers"
                      : "the index of the class, from 0 to %s, or %s texts in its order"
                          .formatted(classes - 1, classes),
                  levels.size(),
                  String.join(", ", levels.subList(0, Math.min(5, levels.size())))));
    }
    for (int i = 0; i < labels.length; i++) {
      String cell = cells.get(i).strip();
      labels[i] = numbers ? Float.parseFloat(cell) : levels.indexOf(cells.get(i));
      boolean known =
          task == Task.REGRESSION
              ? Float.isFinite(labels[i])
              : labels[i] >= 0 && labels[i] < classes && labels[i] == (int) labels[i];
      if (!known) {
        throw new DataException(
            "row %s has the label %s, which must be %s"
                .formatted(
                    rows.get(i) + 1,
                    cell,
                    task == Task.REGRESSION
                        ? "finite"
                        : "the index of one of %s classes, from 0; if the labels are numbers and no classes, give --task regression"
                            .formatted(classes)));
      }
    }
    return FloatArray.of(labels, labels.length);
  }
}
