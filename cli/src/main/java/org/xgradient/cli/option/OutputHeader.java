package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of the columns of an output with a row for each row, all different. */
public final class OutputHeader {

  private static final String ROW = "row";

  /** What a column's contribution is called whose cells are kept too. */
  private static final String SHARE = " (contribution)";

  private OutputHeader() {}

  /**
   * Joins names: one of ours that a column of the user's has gets a star.
   *
   * @param kept the names of columns that are carried over, behind the number of the row
   * @param ours our names, behind those
   * @param theirs the names of columns of the data, behind ours
   */
  public static ImmutableList<String> of(
      List<String> kept, List<String> ours, List<String> theirs) {
    Set<String> taken = new HashSet<>(kept);
    taken.addAll(theirs);
    return ImmutableList.<String>builder()
        .add(distinct(ROW, taken))
        .addAll(kept)
        .addAll(ours.stream().map(name -> distinct(name, taken)).toList())
        .addAll(theirs.stream().map(name -> kept.contains(name) ? name + SHARE : name).toList())
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
