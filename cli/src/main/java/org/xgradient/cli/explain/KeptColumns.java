package org.xgradient.cli.explain;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.ListedNames;
import picocli.CommandLine.Option;

/** The option of columns that are carried over to the output, and how its columns are named. */
@HelpGroup("Output")
final class KeptColumns {

  private static final String ROW = "row";

  /** What a column's contribution is called whose cells are kept too. */
  private static final String SHARE = " (contribution)";

  @Option(
      names = "--keep",
      paramLabel = "COLUMN,...",
      description =
          "For a table: columns to carry over as they stand in the file, such as identifiers.")
  private List<String> kept = new ArrayList<>();

  KeptColumns() {}

  ImmutableList<String> names() {
    return ListedNames.of(kept);
  }

  /**
   * The names of the output's columns, all different: a name of ours that a column of the user's
   * has gets a star.
   *
   * @param ours our names, behind the row's and the kept ones
   * @param theirs the names of columns of the table, behind ours
   */
  ImmutableList<String> header(List<String> ours, List<String> theirs) {
    Set<String> taken = new HashSet<>(names());
    taken.addAll(theirs);
    return ImmutableList.<String>builder()
        .add(distinct(ROW, taken))
        .addAll(names())
        .addAll(ours.stream().map(name -> distinct(name, taken)).toList())
        .addAll(theirs.stream().map(name -> names().contains(name) ? name + SHARE : name).toList())
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
