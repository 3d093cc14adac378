package org.xgradient.report.text;

import com.google.common.base.Ascii;

/** Sentences made of parts. */
public final class Sentences {

  private Sentences() {}

  /** {@return the words with a capital letter at the beginning} */
  public static String begin(String words) {
    return words.isEmpty() ? words : Ascii.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
