package org.xgradient.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.DataException;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Split;

class TableSplitTest {

  private static final int ROWS = 60;

  private static final Table TABLE =
      Table.of(
          NumericColumn.of("x", IntStream.range(0, ROWS).asDoubleStream().toArray()),
          CategoricalColumn.of(
              "part",
              ImmutableList.of("Test", "train", "val"),
              IntStream.range(0, ROWS).map(i -> i % 3).toArray()),
          NumericColumn.of(
              "person", IntStream.range(0, ROWS).mapToDouble(i -> Math.floorDiv(i, 4)).toArray()),
          NumericColumn.of("day", IntStream.range(0, ROWS).mapToDouble(i -> -i).toArray()),
          NumericColumn.of("weight", IntStream.range(0, ROWS).mapToDouble(i -> i % 3).toArray()),
          NumericColumn.of(
              "y", IntStream.range(0, ROWS).mapToDouble(i -> i % 5 == 0 ? 1 : 0).toArray()));

  private final TablePreparation preparation = TablePreparation.withDefaults();

  @Test
  void rowsSayTheirPart() {
    PreparedTable prepared =
        preparation.withSplit(new TableSplit.ByPart("part")).prepare(TABLE, "y");
    assertThat(prepared.split().test().asList()).allMatch(row -> row % 3 == 0).hasSize(20);
    assertThat(prepared.split().train().asList()).allMatch(row -> row % 3 == 1).hasSize(20);
    assertThat(prepared.dataset().featureNames()).doesNotContain("part=train").contains("x");
    assertThatThrownBy(
            () -> preparation.withSplit(new TableSplit.ByPart("person")).prepare(TABLE, "y"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "row 1 (the header not counted), column \"person\": must be train, validation or test, found \"0\"; correct the"
                + " cell, or split at random");
  }

  @Test
  void rowsOfOtherFilesHaveTheirPartAndTheRestIsSplit() {
    Table own = TABLE.gather(IntStream.range(0, 40).toArray());
    Table others = TABLE.gather(IntStream.range(40, ROWS).toArray());
    ImmutableList<String> parts =
        ImmutableList.of(TableSplit.ByOrigin.VALIDATION, TableSplit.ByOrigin.TEST);
    int[] none = new int[40];
    Arrays.fill(none, CategoricalColumn.MISSING);
    Table all =
        own.with(CategoricalColumn.of("origin", parts, none))
            .followedBy(others.with(CategoricalColumn.of("origin", parts, new int[20])));
    assertThat(all.rows()).isEqualTo(ROWS);
    assertThat(all.numeric("x").value(59)).isEqualTo(59);
    Split split =
        preparation
            .withSplit(
                new TableSplit.ByOrigin(
                    "origin", RandomSplit.withDefaults().withFractions(0, 0.25)))
            .prepare(all, "y")
            .split();
    assertThat(split.validation().asList())
        .containsExactlyElementsOf(IntStream.range(40, ROWS).boxed().toList());
    assertThat(split.test().asList()).hasSize(10).allMatch(row -> row < 40);
    assertThat(split.train().asList()).hasSize(30).allMatch(row -> row < 40);
  }

  @Test
  void levelsOfRowsBelowAreFoundByName() {
    CategoricalColumn above = CategoricalColumn.of("c", ImmutableList.of("a", "b"), 1, 0);
    CategoricalColumn below = CategoricalColumn.of("c", ImmutableList.of("x", "b"), 1, 0, -1);
    CategoricalColumn both = above.followedBy(below);
    assertThat(both.levels()).containsExactly("a", "b", "x");
    assertThat(IntStream.range(0, 5).mapToObj(both::level))
        .containsExactly("b", "a", "b", "x", null);
    assertThatThrownBy(() -> above.followedBy(NumericColumn.of("c", 1)))
        .hasMessage("below column \"c\" there must be categories, found numbers");
  }

  /** Far less than a second, where looking each level up in a list takes minutes. */
  @Test
  void manyLevelsBelowAreFoundInTime() {
    int count = 200_000;
    List<String> levels = IntStream.range(0, count).mapToObj(i -> "level " + i).toList();
    int[] codes = IntStream.range(0, count).toArray();
    CategoricalColumn above = CategoricalColumn.of("c", levels.subList(0, 10), 9);
    CategoricalColumn below = CategoricalColumn.of("c", levels, codes);
    CategoricalColumn both =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> above.followedBy(below));
    assertThat(both.rows()).isEqualTo(count + 1);
    assertThat(both.level(count)).isEqualTo("level " + (count - 1));
  }

  @Test
  void groupsStayTogether() {
    for (int seed = 0; seed < 20; seed++) {
      PreparedTable prepared =
          preparation
              .withSplit(new TableSplit.ByGroup("person", 0.2, 0.2, seed))
              .prepare(TABLE, "y");
      Split split = prepared.split();
      Set<Integer> seen = new HashSet<>();
      for (ImmutableIntArray part : List.of(split.train(), split.validation(), split.test())) {
        Set<Integer> persons =
            part.stream().map(row -> row / 4).boxed().collect(Collectors.toSet());
        assertThat(seen).doesNotContainAnyElementsOf(persons);
        seen.addAll(persons);
      }
      assertThat(split.test().length()).isEqualTo(12);
      assertThat(split.validation().length()).isEqualTo(12);
      assertThat(prepared.dataset().featureNames()).doesNotContain("person");
    }
  }

  @Test
  void theLastRowsJudge() {
    Split split =
        preparation.withSplit(new TableSplit.ByTime("day", 0.1, 0.2)).prepare(TABLE, "y").split();
    // The days go down.
    assertThat(split.test().asList()).containsExactlyElementsOf(range(0, 12));
    assertThat(split.validation().asList()).containsExactlyElementsOf(range(12, 18));
    assertThat(split.train().asList()).containsExactlyElementsOf(range(18, ROWS));
  }

  @Test
  void everythingMayBeForTraining() {
    Split split =
        preparation
            .withSplit(RandomSplit.withDefaults().withFractions(0, 0))
            .prepare(TABLE, "y")
            .split();
    assertThat(split.train().length()).isEqualTo(ROWS);
  }

  @Test
  void rowsAreMetAsOftenAsTheyCount() {
    PreparedTable prepared =
        preparation.withWeights(new RowWeights(Optional.of("weight"), false)).prepare(TABLE, "y");
    List<Integer> epoch = prepared.epoch().asList();
    prepared
        .split()
        .train()
        .forEach(row -> assertThat(epoch.stream().filter(r -> r == row)).hasSize(row % 3));
    assertThat(prepared.dataset().featureNames()).doesNotContain("weight");
  }

  @Test
  void classesMayCountAlike() {
    PreparedTable prepared =
        preparation.withWeights(new RowWeights(Optional.empty(), true)).prepare(TABLE, "y");
    long ones = prepared.epoch().stream().filter(row -> row % 5 == 0).count();
    assertThat(2.0 * ones / prepared.epoch().length()).isBetween(0.97, 1.03);
    // No row of the frequent class is left out.
    assertThat(new HashSet<>(prepared.epoch().asList())).hasSize(prepared.split().train().length());
  }

  @Test
  void refusesWeightsThatAreNone() {
    Table negative =
        TABLE
            .without("weight")
            .with(
                NumericColumn.of(
                    "weight", IntStream.range(0, ROWS).mapToDouble(i -> -1).toArray()));
    assertThatThrownBy(
            () ->
                preparation
                    .withWeights(new RowWeights(Optional.of("weight"), false))
                    .prepare(negative, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "column \"weight\": a weight must be at least 0, and at most 1e100, found -1.0");
  }

  /** Wherever it falls; its number is that of the table, also if rows are left out before it. */
  @Test
  void theFirstBadWeightIsNamed() {
    Table table =
        TABLE
            .without("weight", "y")
            .with(column("weight", i -> i == 30 || i == 50 ? -1 : 1))
            .with(column("y", i -> i < 5 ? Double.NaN : i % 2));
    for (int seed = 0; seed < 5; seed++) {
      TablePreparation weighted =
          preparation
              .withSplit(RandomSplit.withDefaults().withFractions(0.4, 0.4).withSeed(seed))
              .withUnlabelledDropped()
              .withWeights(new RowWeights(Optional.of("weight"), false));
      assertThatThrownBy(() -> weighted.prepare(table, "y"))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("row 31 (the header not counted), column \"weight\"");
    }
    assertThatThrownBy(
            () ->
                preparation
                    .withWeights(new RowWeights(Optional.of("part"), false))
                    .prepare(TABLE, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column \"part\" must have numbers")
        .hasMessageContaining("(--weight COLUMN)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9})
  void noClassIsLostByItsWeights(double weight) {
    Table table = TABLE.without("weight").with(column("weight", i -> i % 5 == 0 ? weight : 1));
    TablePreparation weighted =
        preparation.withWeights(new RowWeights(Optional.of("weight"), false));
    assertThatThrownBy(() -> weighted.prepare(table, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "the training rows with label \"1\" have no weight in column \"weight\"");
  }

  @Test
  void aPartWithoutALabelIsNotDropped() {
    Table table =
        TABLE
            .without("part", "y")
            .with(
                CategoricalColumn.of(
                    "part",
                    ImmutableList.of("test", "train"),
                    IntStream.range(0, ROWS).map(i -> i < 10 ? 0 : 1).toArray()))
            .with(column("y", i -> i < 10 ? Double.NaN : i % 2));
    TablePreparation split =
        preparation.withSplit(new TableSplit.ByPart("part")).withUnlabelledDropped();
    assertThatThrownBy(() -> split.prepare(table, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "no row with \"test\" in column \"part\" has a label \"y\"; fill it in");
  }

  @Test
  void oneTimeOrdersNothing() {
    Table table = TABLE.without("day").with(column("day", i -> 5));
    assertThatThrownBy(
            () -> preparation.withSplit(new TableSplit.ByTime("day", 0.1, 0.2)).prepare(table, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column \"day\" must have different times")
        .hasMessageContaining("(--time COLUMN)");
    assertThatThrownBy(
            () ->
                preparation.withSplit(new TableSplit.ByTime("part", 0.1, 0.2)).prepare(TABLE, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column \"part\" must have dates or numbers");
  }

  private static NumericColumn column(String name, IntToDoubleFunction value) {
    return NumericColumn.of(name, IntStream.range(0, ROWS).mapToDouble(value).toArray());
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
