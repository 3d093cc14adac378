package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Sets;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xgradient.data.DataException;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Split;
import org.xgradient.data.Task;
import org.xgradient.data.table.text.Names;

/**
 * Makes a table ready for training: encodes the labels, splits the rows, fits the preprocessing on
 * the training rows, and transforms all rows by it.
 */
public final class TablePreparation {

  private static final TablePreparation DEFAULTS =
      new TablePreparation(
          new TableSplit.AtRandom(RandomSplit.withDefaults()),
          RowWeights.NONE,
          Optional.empty(),
          false,
          TablePreprocessing.DEFAULT_MAXIMUM_LEVELS);

  private final TableSplit splitter;
  private final RowWeights weights;
  private final Optional<Task> task;
  private final boolean unlabelledDropped;
  private final int maximumLevels;

  private TablePreparation(
      TableSplit splitter,
      RowWeights weights,
      Optional<Task> task,
      boolean unlabelledDropped,
      int maximumLevels) {
    this.splitter = splitter;
    this.weights = weights;
    this.task = task;
    this.unlabelledDropped = unlabelledDropped;
    this.maximumLevels = maximumLevels;
  }

  /**
   * {@return the split of {@link RandomSplit#withDefaults}, the task that {@link LabelEncoding#fit}
   * finds, every row labelled, at most {@value TablePreprocessing#DEFAULT_MAXIMUM_LEVELS} levels}
   */
  public static TablePreparation withDefaults() {
    return DEFAULTS;
  }

  /**
   * Sets how rows are split; each class has nearly the same share in each part.
   *
   * @param splitter the fractions and the seed
   * @return a copy with this split
   */
  public TablePreparation withSplit(RandomSplit splitter) {
    return withSplit(new TableSplit.AtRandom(splitter));
  }

  /**
   * Sets how rows are split.
   *
   * @param splitter how; a column that decides is no feature
   * @return a copy with this split
   */
  public TablePreparation withSplit(TableSplit splitter) {
    return new TablePreparation(splitter, weights, task, unlabelledDropped, maximumLevels);
  }

  /**
   * Sets how much rows count in training. Probabilities then are those of a population in which
   * rows are as frequent as they count.
   *
   * @param weights how much; a column of weights is no feature
   * @return a copy with these weights
   */
  public TablePreparation withWeights(RowWeights weights) {
    return new TablePreparation(splitter, weights, task, unlabelledDropped, maximumLevels);
  }

  /**
   * Sets what the labels mean.
   *
   * @param task the task
   * @return a copy with this task
   */
  public TablePreparation withTask(Task task) {
    return new TablePreparation(
        splitter, weights, Optional.of(task), unlabelledDropped, maximumLevels);
  }

  /** {@return a copy that leaves out rows without a label, which are errors otherwise} */
  public TablePreparation withUnlabelledDropped() {
    return new TablePreparation(splitter, weights, task, true, maximumLevels);
  }

  /**
   * Sets how many levels a categorical column may have.
   *
   * @param maximumLevels the number, at least 1
   * @return a copy with this number
   * @throws IllegalArgumentException if it is less than 1
   */
  public TablePreparation withMaximumLevels(int maximumLevels) {
    checkArgument(maximumLevels >= 1, "there must be at least 1 level, found %s", maximumLevels);
    return new TablePreparation(splitter, weights, task, unlabelledDropped, maximumLevels);
  }

  /**
   * Prepares a table and splits it at random.
   *
   * @param table the table
   * @param label the name of the label column; all other columns become features
   * @return the prepared table
   * @throws DataException if there is no such column, its labels are missing or all the same or do
   *     not fit the task, there are too few rows, or a column cannot be preprocessed
   */
  public PreparedTable prepare(Table table, String label) {
    ImmutableIntArray kept = labelledRows(table, label);
    Table labelled = table.gather(kept.toArray());
    requireAllParts(table, labelled, label);
    Column labels = labelled.column(label);
    ImmutableIntArray all = ImmutableIntArray.copyOf(IntStream.range(0, labelled.rows()));
    LabelEncoding encoding = encoding(labels, all);
    try {
      Split split = splitter.split(labelled, classes(encoding, labels));
      return prepare(labelled, label, split, kept);
    } catch (CellException e) {
      throw e.among(kept);
    }
  }

  /**
   * Prepares a table by a given split.
   *
   * @param table the table; each of its rows must have a label
   * @param label the name of the label column; all other columns become features
   * @param split the rows of each part, indices into the table
   * @return the prepared table
   * @throws DataException if there is no such column, its labels are missing or all the same or do
   *     not fit the task, or a column cannot be preprocessed
   */
  public PreparedTable prepare(Table table, String label, Split split) {
    return prepare(table, label, split, ImmutableIntArray.copyOf(IntStream.range(0, table.rows())));
  }

  private PreparedTable prepare(
      Table table, String label, Split split, ImmutableIntArray sourceRows) {
    Column labels = table.column(label);
    LabelEncoding encoding = encoding(labels, split.train());
    Table features =
        table.without(
            Stream.of(Optional.of(label), splitter.column(), weights.column())
                .flatMap(Optional::stream)
                .distinct()
                .toArray(String[]::new));
    TablePreprocessing preprocessing =
        TablePreprocessing.fit(features, split.train(), maximumLevels);
    TabularDataset dataset =
        new TabularDataset(
            preprocessing.transform(features),
            encoding.encode(labels),
            encoding.task(),
            encoding.outputs(),
            preprocessing.featureNames(),
            preprocessing.groups());
    checkArgument(
        !weights.balanced() || encoding.task() != Task.REGRESSION,
        "classes can be balanced, found a regression, which has none; leave --balance out");
    ImmutableIntArray epoch = weights.rows(table, classes(encoding, labels), split.train());
    requireAllClasses(encoding, labels, split.train(), epoch);
    return new PreparedTable(dataset, split, epoch, preprocessing, encoding, sourceRows);
  }

  private LabelEncoding encoding(Column labels, ImmutableIntArray rows) {
    return LabelFit.fit(labels, rows, task);
  }

  private ImmutableIntArray labelledRows(Table table, String label) {
    Column labels = table.column(label);
    IntStream rows = IntStream.range(0, table.rows());
    return ImmutableIntArray.copyOf(
        unlabelledDropped ? rows.filter(row -> !labels.isMissing(row)) : rows);
  }

  /** Checks that no class is lost by the weights of the rows. */
  private void requireAllClasses(
      LabelEncoding encoding, Column labels, ImmutableIntArray train, ImmutableIntArray epoch) {
    if (weights.column().isEmpty() || encoding.task() == Task.REGRESSION) {
      return;
    }
    Set<String> lost =
        Sets.difference(
            LabelFit.names(labels.gather(train.toArray())),
            LabelFit.names(labels.gather(epoch.toArray())));
    if (!lost.isEmpty()) {
      throw new DataException(
          "the training rows with label %s have no weight in column \"%s\", or too little to be met at all; give them larger ones, or name another column (--weight COLUMN)"
              .formatted(Names.list(lost), weights.column().get()));
    }
  }

  /** Checks that no part of the rows is lost with those that have no label. */
  private void requireAllParts(Table table, Table labelled, String label) {
    if (splitter instanceof TableSplit.ByPart byPart) {
      Set<String> left = LabelFit.names(labelled.column(byPart.name()));
      Set<String> lost = Sets.difference(LabelFit.names(table.column(byPart.name())), left);
      if (!left.isEmpty() && !lost.isEmpty()) {
        throw new DataException(
            "no row with %s in column \"%s\" has a label \"%s\"; fill it in, or leave such rows out of the table"
                .formatted(Names.list(lost), byPart.name(), label));
      }
    }
  }

  /** The class of each row, one for all of a regression. */
  private static int[] classes(LabelEncoding encoding, Column labels) {
    int[] classes = new int[labels.rows()];
    if (encoding.task() != Task.REGRESSION) {
      float[] encoded = encoding.encode(labels).values();
      Arrays.setAll(classes, i -> (int) encoded[i]);
    }
    return classes;
  }
}
