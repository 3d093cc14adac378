package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of the columns of an output, all different. */
final class ForeignHeader {

  private ForeignHeader() {}

  /**
   * Joins names: one of ours that others have gets a star.
   *
   * @param kept the names of columns that are carried over
   * @param ours our names
   * @param theirs the names of columns of the data, behind ours
   */
  static ImmutableList<String> of(List<String> kept, List<String> ours, List<String> theirs) {
    Set<String> taken = new HashSet<>(kept);
    taken.addAll(theirs);
    return ImmutableList.<String>builder()
        .add(distinct("row", taken))
        .addAll(kept)
        .addAll(ours.stream().map(name -> distinct(name, taken)).toList())
        .addAll(
            theirs.stream()
                .map(name -> kept.contains(name) ? name + " (contribution)" : name)
                .toList())
        .build();
  }

  private static String distinct(String name, Set<String> taken) {
    String distinct = name;
    while (!taken.add(distinct)) {
      distinct += "*";
    }
    return distinct;
  }
}
