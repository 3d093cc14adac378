package org.xgradient.data.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.data.DataException;

class LabelSlipsTest {

  @Test
  void classesThatDifferInCaseOnlyAreOne() {
    assertSlip(labels("yes", 60, "no", 60, "Yes", 40), "if \"Yes\" for \"yes\" is a slip");
    assertSlip(labels("yes", 50, "YES", 50), "\"YES\"");
  }

  /** 13 of 200, one letter apart. */
  @Test
  void aWordThatIsNearlyAnotherIsPointedOut() {
    assertSlip(
        labels("denied", 93, "approved", 94, "aproved", 13),
        "if \"aproved\" for \"approved\" is a slip, correct its 13 rows, of which the first is row 188 (the header not counted)");
  }

  @Test
  void classesOfTheirOwnAreNoSlips() {
    assertNone(labels("stage1", 100, "stage2", 20));
    assertNone(labels("male", 90, "female", 10));
    assertNone(labels("male", 950, "female", 50));
    assertNone(labels("low", 50, "slow", 40, "fast", 10));
  }

  private static Column labels(Object... countOfName) {
    List<String> levels = new ArrayList<>();
    List<Integer> codes = new ArrayList<>();
    for (int i = 0; i < countOfName.length; i += 2) {
      codes.addAll(Collections.nCopies((Integer) countOfName[i + 1], levels.size()));
      levels.add((String) countOfName[i]);
    }
    return CategoricalColumn.of("y", levels, Ints.toArray(codes));
  }

  private static void assertSlip(Column labels, String message) {
    assertThatThrownBy(() -> LabelSlips.check(labels))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private static void assertNone(Column labels) {
    assertThatCode(() -> LabelSlips.check(labels)).doesNotThrowAnyException();
  }
}
