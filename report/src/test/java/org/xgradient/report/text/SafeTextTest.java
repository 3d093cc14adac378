package org.xgradient.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

  @ParameterizedTest
  @CsvSource({
    "1b, an escape sequence",
    "7, the end of an OSC sequence",
    "9b, CSI in one character",
    "9d, OSC in one character",
    "7f, delete",
    "d, back to the start of the line",
    "a, a line end",
    "9, a tabulator",
    "85, another line end",
    "2028, another",
    "2029, a paragraph",
    "202e, right to left",
    "202a, embedding",
    "2066, isolate",
    "2069, end of an isolate",
    "200f, a mark of direction",
    "61c, the Arabic one",
    "feff, a byte-order mark",
    "e0041, a tag",
    "d800, half a pair"
  })
  void whatIsNotShownIsEscaped(String code, String meaning) {
    String character = Character.toString(Integer.parseInt(code, 16));

    assertThat(SafeText.of("a" + character + "b")).as(meaning).isEqualTo("a\\u{" + code + "}b");
  }

  @Test
  void whatIsShownStays() {
    String text = "age ≥ 65, Größe, 血清, عمر, می\u200cخواهم, 👩\u200d🔬, e\u0301";

    assertThat(SafeText.of(text)).isEqualTo(text);
  }

  @Test
  void linesStayWhereTheyAreOurs() {
    assertThat(SafeText.lines("a\tb\r\nc\n\u001b[2J\rd")).isEqualTo("a\tb\nc\n\\u{1b}[2J\\u{d}d");
  }
}
