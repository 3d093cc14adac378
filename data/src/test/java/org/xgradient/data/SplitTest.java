package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void everyRowHasOneJob() {
    Split split = RandomSplit.withDefaults().withSeed(3).split(1003);
    assertThat(split.test().length()).isEqualTo(201);
    assertThat(split.validation().length()).isEqualTo(201);
    assertThat(split.train().length()).isEqualTo(601);
    int[] all = split.train().toArray();
    int[] joined =
        IntStream.concat(
                Arrays.stream(all),
                IntStream.concat(split.validation().stream(), split.test().stream()))
            .sorted()
            .toArray();
    assertThat(joined).isEqualTo(IntStream.range(0, 1003).toArray());
    assertThat(all).isNotEqualTo(IntStream.of(all).sorted().toArray());
  }

  @Test
  void theSeedDecides() {
    RandomSplit splitter = RandomSplit.withDefaults();
    assertThat(splitter.withSeed(1).split(100)).isEqualTo(splitter.withSeed(1).split(100));
    assertThat(splitter.withSeed(1).split(100)).isNotEqualTo(splitter.withSeed(2).split(100));
  }

  @Test
  void classesHaveTheirShareInEveryPart() {
    int[] classes = new int[100];
    Arrays.fill(classes, 0, 10, 1);
    Arrays.fill(classes, 10, 13, 2);
    classes[13] = 3;
    Split split = RandomSplit.withDefaults().withFractions(0.25, 0.25).split(classes);
    assertThat(count(split.test(), classes, 1)).isBetween(2L, 3L);
    assertThat(count(split.validation(), classes, 1)).isBetween(2L, 3L);
    assertThat(count(split.train(), classes, 2)).isEqualTo(1);
    assertThat(count(split.train(), classes, 3)).isEqualTo(1);
    assertThat(split.test().length()).isEqualTo(25);
    assertThat(split.validation().length()).isEqualTo(25);
  }

  @Test
  void partsMayBeLeftOut() {
    Split split = RandomSplit.withDefaults().withFractions(0, 0).split(5);
    assertThat(split.train().length()).isEqualTo(5);
    assertThat(split.validation().isEmpty()).isTrue();
  }

  @Test
  void refusesWhatCannotBeSplit() {
    assertThatThrownBy(() -> RandomSplit.withDefaults().split(2))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "2 rows are too few for a split into training, validation (0.2) and test (0.2) rows;"
                + " use more rows or other fractions");
    assertThatThrownBy(() -> RandomSplit.withDefaults().withFractions(0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("less than 1 together, found 0.5 and 0.5");
    ImmutableIntArray rows = ImmutableIntArray.of(0, 1);
    ImmutableIntArray more = ImmutableIntArray.of(1);
    assertThatThrownBy(() -> new Split(rows, more, ImmutableIntArray.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the parts of a split must be disjoint, found row 1 twice");
    assertThatThrownBy(() -> new Split(ImmutableIntArray.of(), rows, ImmutableIntArray.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a split must have at least one training row, found none");
  }

  /** The rows that the published experiment drew in its first repetition. */
  @Test
  void drawsTheRowsOfThePublishedExperiment() {
    Split split = ScikitLearnSplit.trainValidationTest(13_442, 100, 100, 0);
    assertThat(split.train().subArray(0, 3)).isEqualTo(ImmutableIntArray.of(2745, 4373, 5294));
    assertThat(split.validation().subArray(0, 3)).isEqualTo(ImmutableIntArray.of(3224, 1871, 3918));
    assertThat(split.train().length()).isEqualTo(100);
    assertThat(split.validation().length()).isEqualTo(100);
    assertThat(split.test().length()).isEqualTo(13_242);
  }

  /** {@code numpy.random.RandomState(0).permutation(10)}, known from its users' examples. */
  @Test
  void permutesAsNumPyDoes() {
    assertThat(ScikitLearnSplit.permutation(10, 0)).containsExactly(2, 8, 4, 9, 1, 6, 7, 3, 0, 5);
  }

  @Test
  void scikitLearnSplitRefusesSizesOutOfRange() {
    assertThatThrownBy(() -> ScikitLearnSplit.trainTest(10, 10, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of training rows must be at least 1 and less than 10, found 10");
    assertThatThrownBy(() -> ScikitLearnSplit.permutation(10, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the seed must be at least 0, found -1");
    assertThatThrownBy(() -> ScikitLearnSplit.trainValidationTest(10, 5, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of validation rows must be at least 1, found 0");
  }

  private static long count(ImmutableIntArray rows, int[] classes, int label) {
    return rows.stream().filter(row -> classes[row] == label).count();
  }
}
