package org.xgradient.cli.option;

import org.xgradient.report.Formulas;
import picocli.CommandLine.Option;

/** Option of commands that write names of others into a table. */
@HelpGroup("Output")
public final class SpreadsheetOption {

  @Option(
      names = "--escape-formulas",
      description =
          "Put an apostrophe before texts in the table that begin with =, +, - or @, which a"
              + " spreadsheet would compute. For tables that people open; other programs see the"
              + " apostrophe.")
  private boolean escaped;

  SpreadsheetOption() {}

  /** {@return what is done with them} */
  public Formulas formulas() {
    return escaped ? Formulas.ESCAPED : Formulas.KEPT;
  }
}
