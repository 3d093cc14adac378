package org.xgradient.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xgradient.data.DataRandom;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;

class TableRowsTest {

  private static final int LEVELS = 200;

  /** They are alike in their length, their first and their last letter. */
  @Test
  void eachOfManyLevelsHasItsFeature() throws InvalidCellException {
    List<String> levels = IntStream.range(0, LEVELS).mapToObj(i -> "k%03dz".formatted(i)).toList();
    int[] twice = IntStream.range(0, 2 * LEVELS).map(i -> i % LEVELS).toArray();
    Table table = Table.of(List.of(CategoricalColumn.of("level", levels, twice)));
    TableRows rows = rows(TablePreprocessing.fit(table, first(2 * LEVELS)));
    var random = new DataRandom(3);
    for (int i = 0; i < 20 * LEVELS; i++) {
      int level = random.nextInt(LEVELS);
      float[] features = new float[LEVELS];
      rows.read(RowFactory.create("k%03dz".formatted(level)), features, 0);
      float[] expected = new float[LEVELS];
      expected[level] = 1;
      assertThat(features).isEqualTo(expected);
    }
  }

  /** As in files. */
  @Test
  void spacesAroundACellAreNoneOfIt() throws InvalidCellException {
    Table table =
        Table.of(
            List.of(
                NumericColumn.of("number", 1, 3, 5, Double.NaN),
                CategoricalColumn.of(
                    "level", List.of("A", "B", " C"), 0, 1, 2, CategoricalColumn.MISSING)));
    TablePreprocessing preprocessing = TablePreprocessing.fit(table, first(4));
    TableRows rows = rows(preprocessing);
    assertThat(read(rows, " 5 ", "A ")).isEqualTo(read(rows, 5.0, "A"));
    assertThat(read(rows, "\u00a05", "\tB\u00a0")).isEqualTo(read(rows, 5, "B"));
    assertThat(read(rows, " NA ", "  ")).isEqualTo(read(rows, null, null));
    assertThat(read(rows, 5, " NA")).isEqualTo(read(rows, 5, null));
    // A level of a table that is no file's keeps its own.
    assertThat(read(rows, 1, " C")).containsExactly(read(rows, 1, "A")[0], 0, 0, 1, 0);
    assertThat(read(rows, 1, "nowhere")).containsExactly(read(rows, 1, "A")[0], 0, 0, 0, 0);
    assertThatThrownBy(() -> read(rows, " five ", "A"))
        .isInstanceOf(InvalidCellException.class)
        .hasMessageContaining("number");
  }

  private static float[] read(TableRows rows, @Nullable Object number, @Nullable Object level)
      throws InvalidCellException {
    float[] features = new float[5];
    rows.read(RowFactory.create(number, level), features, 0);
    return features;
  }

  private static TableRows rows(TablePreprocessing preprocessing) {
    return TableRows.of(preprocessing, first(preprocessing.encodings().size()));
  }

  private static ImmutableIntArray first(int count) {
    return ImmutableIntArray.copyOf(IntStream.range(0, count));
  }
}
