package org.xgradient.data;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name was meant. */
public final class NearestName {

  private NearestName() {}

  /**
   * The name with the fewest insertions, deletions, replacements and swaps of letters to the one
   * given (Damerau, 1964).
   *
   * @param given what was written
   * @param known the names there are, at least one
   * @return the nearest of them; of several the first
   */
  public static String of(String given, Collection<String> known) {
    return Collections.min(known, Comparator.comparingInt((String name) -> distance(given, name)));
  }

  /**
   * The name that was meant, if one is so near that the one given may be a slip of it: equal but
   * for upper and lower case, or with a third of its letters wrong at most.
   *
   * @param given what was written
   * @param known the names there are
   * @return the nearest of them, if it is near
   */
  public static Optional<String> closeTo(String given, Collection<String> known) {
    Optional<String> sameLetters =
        known.stream()
            .filter(
                name ->
                    isSameInUnicode(given, name) || name.strip().equalsIgnoreCase(given.strip()))
            .findFirst();
    if (sameLetters.isPresent() || known.isEmpty()) {
      return sameLetters;
    }
    return Optional.of(of(given, known))
        .filter(name -> 3 * distance(given, name) <= given.length());
  }

  /**
   * {@return whether two names are the same letters, perhaps with accents of their own}
   *
   * @param first a name
   * @param second another
   */
  public static boolean isSameInUnicode(String first, String second) {
    return Normalizer.normalize(first, Normalizer.Form.NFC)
        .equals(Normalizer.normalize(second, Normalizer.Form.NFC));
  }

  private static int distance(String first, String second) {
    int[] beforeThat = {};
    int[] previous = new int[second.length() + 1];
    for (int j = 0; j < previous.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= first.length(); i++) {
      int[] current = new int[previous.length];
      current[0] = i;
      for (int j = 1; j < current.length; j++) {
        int replaced = previous[j - 1] + (first.charAt(i - 1) == second.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
        if (i > 1
            && j > 1
            && first.charAt(i - 1) == second.charAt(j - 2)
            && first.charAt(i - 2) == second.charAt(j - 1)) {
          current[j] = Math.min(current[j], 1 + beforeThat[j - 2]);
        }
      }
      beforeThat = previous;
      previous = current;
    }
    return previous[second.length()];
  }
}
