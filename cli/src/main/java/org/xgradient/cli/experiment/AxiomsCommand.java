package org.xgradient.cli.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.axioms.Axiom;
import org.xgradient.attribution.axioms.AxiomTable;
import org.xgradient.attribution.axioms.TableMethod;
import org.xgradient.cli.report.CsvFile;
import org.xgradient.cli.report.HtmlPage;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.Table;
import org.xgradient.cli.report.TextTable;
import org.xgradient.data.Provenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xgradient experiment axioms}. */
@Command(
    name = "axioms",
    description = "Table 1: which method satisfies which axiom, with counter-examples.",
    sortOptions = false)
final class AxiomsCommand implements Callable<Integer> {

  @Option(
      names = "--networks",
      defaultValue = "" + AxiomTable.DEFAULT_NETWORKS,
      paramLabel = "N",
      description = "Random networks for each method (default: ${DEFAULT-VALUE}).")
  private int networks;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of networks, inputs and draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write axioms.csv and axioms.html (default: print only).")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init")
  AxiomsCommand() {}

  @Override
  public Integer call() throws IOException {
    AxiomTable axioms = AxiomTable.reproduce(networks, seed);
    Table overview = overview(axioms);
    Table violations = violations(axioms);
    System.out.println(TextTable.plain(overview));
    System.out.println(TextTable.plain(violations));
    if (out != null) {
      CsvFile.write(out.resolve("axioms.csv"), violations);
      HtmlPage.titled("Which attribution method satisfies which axiom")
          .lead(
              "FAA, Table 1, computed: a method has a tick where no violation was found on %d random"
                      .formatted(networks)
                  + " networks nor on the textbook counter-examples.")
          .section("The table")
          .table(overview)
          .section("Largest violations and counter-examples")
          .table(violations)
          .section("Provenance")
          .definitions(
              Provenance.ofThisProcess().with("networks", networks).with("seed", seed).facts())
          .write(out.resolve("axioms.html"));
      System.out.println("Written: " + out);
    }
    return 0;
  }

  private static Table overview(AxiomTable axioms) {
    var builder = Table.titled("").text("method");
    for (Axiom axiom : Axiom.values()) {
      builder.text(axiom.title());
    }
    for (TableMethod method : TableMethod.values()) {
      List<String> row = new ArrayList<>(List.of(method.title()));
      for (Axiom axiom : Axiom.values()) {
        row.add(axioms.cell(method, axiom).holds() ? "yes" : "no");
      }
      builder.row(row);
    }
    return builder.build();
  }

  private static Table violations(AxiomTable axioms) {
    var builder =
        Table.titled("Largest violation over %d random networks".formatted(axioms.networks()))
            .text("method", "axiom")
            .number("violation", "tolerance")
            .text("counter-example");
    for (TableMethod method : TableMethod.values()) {
      for (Axiom axiom : Axiom.values()) {
        AxiomTable.Cell cell = axioms.cell(method, axiom);
        builder.row(
            method.title(),
            axiom.title(),
            Numbers.significant(cell.worst().violation(), 2),
            Numbers.significant(cell.worst().tolerance(), 2),
            cell.counterExample().map(Object::toString).orElse(""));
      }
    }
    return builder.build();
  }
}
