package org.xgradient.cli.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.ListedNames;
import picocli.CommandLine.Option;

/** The option of columns that are carried over to the output. */
@HelpGroup("Output")
final class KeptColumns {

  @Option(
      names = "--keep",
      paramLabel = "COLUMN,...",
      description =
          "For a table: columns to carry over as they stand in the file, such as identifiers.")
  private List<String> kept = new ArrayList<>();

  KeptColumns() {}

  /** {@return their names, each once} */
  ImmutableList<String> names() {
    return ImmutableSet.copyOf(ListedNames.of(kept)).asList();
  }
}
