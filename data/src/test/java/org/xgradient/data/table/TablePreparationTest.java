package org.xgradient.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xgradient.data.Batch;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Split;
import org.xgradient.data.Task;

class TablePreparationTest {

  private static final int ROWS = 50;

  private static final Table TABLE =
      Table.of(
          NumericColumn.of("x", numbers(i -> i)),
          CategoricalColumn.of("kind", ImmutableList.of("a", "b"), codes(2)),
          NumericColumn.of("y", numbers(i -> i % 5 == 0 ? 1 : 0)));

  private final TablePreparation preparation = TablePreparation.withDefaults();

  @Test
  void preparesFeaturesLabelsAndSplit() {
    PreparedTable prepared = preparation.prepare(TABLE, "y");
    TabularDataset dataset = prepared.dataset();
    assertThat(dataset.size()).isEqualTo(ROWS);
    assertThat(dataset.inputShape()).isEqualTo(ImmutableIntArray.of(3));
    assertThat(dataset.featureNames()).containsExactly("x", "kind=a", "kind=b");
    assertThat(dataset.task()).isEqualTo(Task.BINARY);
    assertThat(dataset.groups()).isEqualTo(prepared.preprocessing().groups());
    assertThat(positives(prepared.split().test(), dataset)).isEqualTo(2);
    assertThat(positives(prepared.split().validation(), dataset)).isEqualTo(2);
    assertThat(positives(prepared.split().train(), dataset)).isEqualTo(6);
    Batch batch = dataset.batch(5, 1);
    assertThat(batch.labels().values()).containsExactly(1, 0);
    assertThat(batch.inputs()).isEqualTo(dataset.inputs().gather(5, 1));
    assertThat(dataset.all()).isEqualTo(dataset.batch(IntStream.range(0, ROWS).toArray()));
  }

  @Test
  void fitsOnTheTrainingRows() {
    Split split =
        new Split(ImmutableIntArray.of(0, 10), ImmutableIntArray.of(1), ImmutableIntArray.of(2));
    Table table = TABLE.without("y").with(NumericColumn.of("y", numbers(i -> i + 0.5)));
    PreparedTable prepared = preparation.prepare(table, "y", split);
    assertThat(prepared.dataset().inputs().values()[2]).isEqualTo((1 - 5) / 5f);
    assertThat(prepared.dataset().labels().values()[1]).isEqualTo((1.5f - 5.5f) / 5);
    assertThat(prepared.labels().restore(0)).isEqualTo(5.5);
    assertThat(prepared.preprocessing().featureNames()).containsExactly("x", "kind=a");
  }

  @Test
  void dropsRowsWithoutALabelIfTold() {
    Table table =
        TABLE.without("y").with(NumericColumn.of("y", numbers(i -> i == 3 ? Double.NaN : i % 2)));
    assertThatThrownBy(() -> preparation.prepare(table, "y"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "row 4 (the header not counted): label \"y\" is missing; fill it in, or leave such rows out (train does with"
                + " --drop-unlabelled)");
    PreparedTable prepared = preparation.withUnlabelledDropped().prepare(table, "y");
    assertThat(prepared.dataset().size()).isEqualTo(ROWS - 1);
    assertThat(prepared.sourceRows().subArray(2, 4)).isEqualTo(ImmutableIntArray.of(2, 4));
    assertThat(prepared.dataset().labels().values()[3]).isZero();
  }

  @Test
  void theOptionsHold() {
    Split split =
        preparation
            .withSplit(RandomSplit.withDefaults().withFractions(0.1, 0.1))
            .prepare(TABLE, "y")
            .split();
    assertThat(split.train().length()).isEqualTo(40);
    PreparedTable regression = preparation.withTask(Task.REGRESSION).prepare(TABLE, "y");
    assertThat(regression.dataset().task()).isEqualTo(Task.REGRESSION);
    assertThatThrownBy(() -> preparation.withMaximumLevels(1).prepare(TABLE, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column \"kind\" has 2 levels among the training rows");
    assertThatThrownBy(() -> preparation.withMaximumLevels(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least 1 level, found 0");
  }

  @Test
  void refusesTablesWithoutLabelsOrFeatures() {
    assertThatThrownBy(() -> preparation.prepare(TABLE, "z"))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no column \"z\"; the columns are \"x\", \"kind\", \"y\"");
    assertThatThrownBy(() -> preparation.prepare(TABLE.without("x", "kind"), "y"))
        .isInstanceOf(DataException.class)
        .hasMessage("no column is left without \"y\"; keep at least one");
  }

  @Test
  void aDatasetsPartsMustFit() {
    FloatArray inputs = FloatArray.zeros(2, 1);
    ImmutableList<String> names = ImmutableList.of("x");
    ColumnGroups groups = ColumnGroups.ofSingleFeatures(names);
    assertThatThrownBy(
            () -> new TabularDataset(inputs, FloatArray.zeros(3), Task.BINARY, 1, names, groups))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labels must be of shape [2], one for each row, found [3]");
    assertThatThrownBy(
            () -> new TabularDataset(inputs, FloatArray.zeros(2), Task.BINARY, 2, names, groups))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a model of a BINARY task must not have 2 outputs");
    assertThatThrownBy(
            () ->
                new TabularDataset(
                    inputs, FloatArray.zeros(2), Task.BINARY, 1, ImmutableList.of(), groups))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be 1 features, found 0 names and 1 in groups");
  }

  @Test
  void columnsOfATableMustFit() {
    assertThatThrownBy(() -> Table.of(NumericColumn.of("a", 1), NumericColumn.of("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the columns of a table must have different names, found \"a\" twice");
    assertThatThrownBy(() -> Table.of(NumericColumn.of("a", 1), NumericColumn.of("b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column \"b\" must have as many rows as the others, 1, found 0");
    assertThatThrownBy(() -> NumericColumn.of("a", 1, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the numbers of column \"a\" must be finite or missing, found Infinity at index 1");
    assertThatThrownBy(() -> CategoricalColumn.of("a", ImmutableList.of("x"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the codes of column \"a\" must be in [-1, 1), found 1");
    assertThatThrownBy(() -> CategoricalColumn.of("a", ImmutableList.of("x", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the levels of column \"a\" must be different, found [x, x]");
  }

  private static long positives(ImmutableIntArray rows, TabularDataset dataset) {
    return rows.stream().filter(row -> dataset.labels().values()[row] == 1).count();
  }

  private static double[] numbers(IntToDoubleFunction function) {
    double[] numbers = new double[ROWS];
    Arrays.setAll(numbers, function);
    return numbers;
  }

  private static int[] codes(int levels) {
    int[] codes = new int[ROWS];
    Arrays.setAll(codes, i -> i % levels);
    return codes;
  }
}
