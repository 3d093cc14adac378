package org.xgradient.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWidthTest {

  @Test
  void widthsFollowTheCharacters() {
    assertThat(TextWidth.of("WWW", 10)).isGreaterThan(2 * TextWidth.of("iii", 10));
    assertThat(TextWidth.of("abc", 20)).isEqualTo(2 * TextWidth.of("abc", 10));
    assertThat(TextWidth.of("血", 10)).isGreaterThan(TextWidth.of("a", 10));
    assertThat(TextWidth.of("e\u0301", 10)).isEqualTo(TextWidth.of("e", 10));
    assertThat(TextWidth.of("", 10)).isZero();
  }

  @Test
  void whatFitsIsKept() {
    String text = "blood pressure";

    assertThat(TextWidth.fit(text, 13, TextWidth.of(text, 13))).isEqualTo(text);
  }

  @Test
  void whatDoesNotFitIsCutAtACharacter() {
    String text = "😀".repeat(30);

    String fitted = TextWidth.fit(text, 13, 100);

    assertThat(fitted).endsWith("…").hasSizeLessThan(text.length());
    assertThat(TextWidth.of(fitted, 13)).isLessThanOrEqualTo(100);
    assertThat(text).startsWith(fitted.substring(0, fitted.length() - 1));
    assertThat(fitted.length() % 2).as("no half of a pair is left").isEqualTo(1);
  }

  @Test
  void withoutAnyRoomOnlyTheEllipsisIsLeft() {
    assertThat(TextWidth.fit("blood pressure", 13, 0)).isEqualTo("…");
  }
}
