package org.xgradient.data;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name was meant. */
public final class NearestName {

  private NearestName() {}

  /**
   * The name with the fewest insertions, deletions and replacements of letters to the one given
   * (Levenshtein, 1966).
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
        known.stream().filter(name -> name.strip().equalsIgnoreCase(given.strip())).findFirst();
    if (sameLetters.isPresent() || known.isEmpty()) {
      return sameLetters;
    }
    return Optional.of(of(given, known))
        .filter(name -> 3 * distance(given, name) <= given.length());
  }

  private static int distance(String first, String second) {
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
      }
      previous = current;
    }
    return previous[second.length()];
  }
}
