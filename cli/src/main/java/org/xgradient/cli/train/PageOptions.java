package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.ListedNames;
import org.xgradient.cli.option.ReportOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the page beside a model that was trained on a table. */
@HelpGroup("Output")
final class PageOptions {

  @Mixin private ReportOption report;

  @Option(
      names = "--groups",
      paramLabel = "COLUMN,...",
      description =
          "Columns by whose levels (or quarters) the page shows how good the model is and what the"
              + " column adds (default: the masked ones, and categories among those that matter).")
  private List<String> groups = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  PageOptions() {}

  /** Where the page goes, if there shall be one. */
  Optional<Path> page(Path out) throws IOException {
    return report.page(out);
  }

  /** The columns that the user named. */
  ImmutableList<String> groups() {
    return ListedNames.of(groups);
  }
}
