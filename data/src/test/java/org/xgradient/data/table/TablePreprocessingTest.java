package org.xgradient.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

class TablePreprocessingTest {

  private static final double NAN = Double.NaN;
  private static final ImmutableIntArray TRAIN = ImmutableIntArray.of(0, 1, 2, 3);

  private static final Table TABLE =
      Table.of(
          NumericColumn.of("age", 1, NAN, 3, 8, 100, NAN),
          CategoricalColumn.of("sex", ImmutableList.of("f", "m", "x"), 1, 0, 1, 1, 2, -1),
          NumericColumn.of("constant", 0.1, 0.1, 0.1, NAN, 1.1, NAN),
          NumericColumn.of("empty", NAN, NAN, NAN, NAN, 5, NAN),
          CategoricalColumn.of("gap", ImmutableList.of("u", "v"), 1, -1, 1, 1, 0, -1));

  private final TablePreprocessing preprocessing = TablePreprocessing.fit(TABLE, TRAIN);

  @Test
  void fitsOnTheTrainingRowsAlone() {
    // Ages 1, 4 (imputed), 3, 8: mean 4, variance (9 + 0 + 1 + 16) / 4.
    double scale = Math.sqrt(6.5);
    FloatArray features = preprocessing.transform(TABLE);
    assertThat(features.shape()).isEqualTo(ImmutableIntArray.of(6, 7));
    assertThat(column(features, 0))
        .containsExactly(
            new float[] {
              -3 / (float) scale, 0, -1 / (float) scale, 4 / (float) scale, (float) (96 / scale), 0
            },
            within(1e-6f));
  }

  @Test
  void aConstantColumnHasScaleOne() {
    assertThat(column(preprocessing.transform(TABLE), 3))
        .containsExactly(new float[] {0, 0, 0, 0, 1, 0}, within(1e-6f));
  }

  @Test
  void aColumnNeverSeenIsZeroEverywhere() {
    assertThat(column(preprocessing.transform(TABLE), 4)).containsOnly(0f);
  }

  @Test
  void levelsBecomeFeatures() {
    FloatArray features = preprocessing.transform(TABLE);
    assertThat(preprocessing.featureNames())
        .containsExactly("age", "sex=f", "sex=m", "constant", "empty", "gap=v", "gap is missing");
    assertThat(column(features, 1)).containsExactly(0, 1, 0, 0, 0, 0);
    assertThat(column(features, 2)).containsExactly(1, 0, 1, 1, 0, 0);
    assertThat(column(features, 5)).containsExactly(1, 0, 1, 1, 0, 0);
    assertThat(column(features, 6)).containsExactly(0, 1, 0, 0, 0, 1);
  }

  @Test
  void codesOfAnotherTableDoNotMatter() {
    Table other =
        Table.of(
            CategoricalColumn.of("gap", ImmutableList.of("w", "v"), 1, 0),
            CategoricalColumn.of("sex", ImmutableList.of("m"), 0, -1),
            NumericColumn.of("unused", 1, 2),
            NumericColumn.of("empty", 1, 2),
            NumericColumn.of("constant", 0.1, 0.1),
            NumericColumn.of("age", 4, 4));
    assertThat(preprocessing.transform(other).values())
        .containsExactly(new float[] {0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}, within(1e-6f));
  }

  @Test
  void standardisedTrainingRowsHaveMeanZeroAndVarianceOne() {
    DataRandom random = new DataRandom(5);
    double[] values =
        IntStream.range(0, 500).mapToDouble(i -> 1e6 + random.nextGaussian()).toArray();
    Standardizer standardizer = Standardizer.fit(values);
    double[] z = Arrays.stream(values).map(standardizer::standardize).toArray();
    assertThat(Arrays.stream(z).average().orElseThrow()).isCloseTo(0, within(1e-9));
    assertThat(Arrays.stream(z).map(v -> v * v).average().orElseThrow()).isCloseTo(1, within(1e-9));
    assertThat(standardizer.restore(z[7])).isCloseTo(values[7], within(1e-9));
  }

  @Test
  void equalNumbersHaveScaleOneInSpiteOfRounding() {
    double[] values = new double[1001];
    Arrays.fill(values, 1234.1);
    assertThat(Standardizer.fit(values).scale()).isEqualTo(1);
    values[0] = Math.nextUp(values[0]);
    assertThat(Standardizer.fit(values).scale()).isEqualTo(1);
    values[0] = 1234.2;
    assertThat(Standardizer.fit(values).scale())
        .isCloseTo(0.1 * Math.sqrt(1000) / 1001, within(1e-9));
  }

  /** The smallest that a double holds have no variance that it holds. */
  @Test
  void denormalNumbersAreStandardisedOrConstant() {
    double[] small = {1e-42, 2e-42, 4e-42, 5e-42};
    double[] usual = {1, 2, 4, 5};
    for (int i = 0; i < small.length; i++) {
      assertThat(Standardizer.fit(small).standardize(small[i]))
          .isCloseTo(Standardizer.fit(usual).standardize(usual[i]), within(1e-9));
    }
    Standardizer smallest = Standardizer.fit(Double.MIN_VALUE, 3 * Double.MIN_VALUE);
    assertThat(smallest.scale()).isEqualTo(1);
    assertThat((float) smallest.standardize(Double.MIN_VALUE)).isZero();
  }

  @Test
  void attributionsOfGroupsAddUpToTheColumns() {
    ColumnGroups groups = preprocessing.groups();
    assertThat(groups.columns()).containsExactly("age", "sex", "constant", "empty", "gap");
    assertThat(groups.sumByColumn(1, 2, 4, 8, 16, 32, 64)).containsExactly(1, 6, 8, 16, 96);
    FloatArray rows =
        FloatArray.of(new float[] {1, 2, 4, 8, 16, 32, 64, 0, 1, 0, 0, 0, 0, 3}, 2, 7);
    assertThat(groups.sumByColumn(rows))
        .isEqualTo(FloatArray.of(new float[] {1, 6, 8, 16, 96, 0, 1, 0, 0, 3}, 2, 5));
    assertThat(groups.featuresOf(1)).isEqualTo(ImmutableIntArray.of(1, 2));
    assertThatThrownBy(() -> groups.sumByColumn(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be 7 attributions, one for each feature, found 2");
  }

  @Test
  void survivesJson() {
    TablePreprocessing read = TablePreprocessing.fromJson(preprocessing.toJson());
    assertThat(read).isEqualTo(preprocessing);
    assertThat(read.transform(TABLE)).isEqualTo(preprocessing.transform(TABLE));
    assertThat(read.schema()).isEqualTo(TABLE.schema());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" : 1|\"version\" : 2|must be of version 1, found 2; read it with the version",
        "xgradient table|other table|format \"xgradient table preprocessing\", found \"other table",
        "\"numeric\"|\"numerical\"|is damaged: \"type\" must be numeric or categorical, found \"num",
        "\"mean\" : 4.0|\"mean\" : null|is damaged: \"mean\" must be a finite number, found null",
        "\"mean\" : 4.0|\"average\" : 4.0|is damaged: \"mean\" must be a finite number, found nothing",
        "\"scale\" : 1.0|\"scale\" : 0|is damaged: the scale must be finite and positive, found 0.0",
        "\"gap\"|\"age\"|is damaged: the columns must have different names, found \"age\" twice",
        "\"f\", \"m\"|\"m\", \"m\"|is damaged: levels must be different, found \"m\" twice",
        "\"f\", \"m\"|\"f\", 1|is damaged: \"levels\" must be a text, found 1",
        "\"columns\" : [|\"columns\" : [[|is damaged: not JSON",
      })
  void refusesDamagedJson(String written, String damaged, String message) {
    String json = preprocessing.toJson();
    assertThat(json).contains(written);
    assertThatThrownBy(
            () ->
                TablePreprocessing.fromJson(
                    json.replaceFirst(Pattern.quote(written), Matcher.quoteReplacement(damaged))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void refusesTablesThatDoNotFit() {
    assertFails(TABLE.without("sex"), "there is no column \"sex\"; the columns are \"age\"");
    Table text =
        TABLE.without("age").with(CategoricalColumn.of("age", ImmutableList.of("a"), new int[6]));
    assertFails(
        text, "column \"age\" must be numeric, found a categorical one; read it as numeric");
    Table numbers = TABLE.without("sex").with(NumericColumn.of("sex", new double[6]));
    assertFails(numbers, "column \"sex\" must be categorical, found a numeric one");
    Table huge = TABLE.without("age").with(NumericColumn.of("age", 0, 0, 1e300, 0, 0, 0));
    assertFails(huge, "column \"age\": 1.0E300 is too large to be standardised");
  }

  @Test
  void refusesColumnsThatCannotBeFitted() {
    assertThatThrownBy(() -> TablePreprocessing.fit(TABLE, TRAIN, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "column \"sex\" has 2 levels among the training rows, must have at most 1; leave it out"
                + " (--drop sex), or write those that are rare as one");
    Table huge = Table.of(NumericColumn.of("a", 1e200, -1e200, 0, 0));
    assertThatThrownBy(() -> TablePreprocessing.fit(huge, TRAIN))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the numbers of column \"a\" are too large to be standardised");
    Table clash =
        Table.of(
            CategoricalColumn.of("a", ImmutableList.of("b=c"), new int[4]),
            CategoricalColumn.of("a=b", ImmutableList.of("c"), new int[4]));
    assertThatThrownBy(() -> TablePreprocessing.fit(clash, TRAIN))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the features must have different names, found \"a=b=c\" twice; rename a column");
    assertThatThrownBy(() -> TablePreprocessing.fit(TABLE, ImmutableIntArray.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one training row, found none");
  }

  private void assertFails(Table table, String message) {
    assertThatThrownBy(() -> preprocessing.transform(table))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private static float[] column(FloatArray features, int feature) {
    float[] column = new float[features.rows()];
    for (int row = 0; row < column.length; row++) {
      column[row] = features.values()[row * features.rowSize() + feature];
    }
    return column;
  }
}
