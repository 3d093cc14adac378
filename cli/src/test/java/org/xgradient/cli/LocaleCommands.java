package org.xgradient.cli;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/**
 * Commands as one process, with the default locale, character set and time zone that it was started
 * with. Not by {@link Xgradient#main}, which sets a locale of its own: the libraries must do
 * without.
 */
final class LocaleCommands {

  private LocaleCommands() {}

  /** Trains, predicts, attributes, proves and exports in the folder that the argument names. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    String table = folder.resolve("table.csv").toString();
    String model = folder.resolve("model").toString();
    Locale before = Locale.getDefault();
    List<List<String>> commands =
        List.of(
            List.of("train", "--data", table, "--label", "sick", "--epochs", "2", "--out", model),
            List.of(
                "predict", "--model", model, "--data", table, "--out", folder + "/predicted.csv"),
            List.of(
                "attribute",
                "--model",
                model,
                "--data",
                table,
                "--out",
                folder + "/attributed.csv"),
            List.of("check", "--model", model),
            List.of("export", "--model", model, "--out", folder + "/exported", "--method", "ig"));
    for (List<String> command : commands) {
      int code = Xgradient.commandLine().execute(command.toArray(String[]::new));
      System.out.println(command.get(0) + " " + Integer.toString(code));
    }
    System.out.println("locale kept: " + Locale.getDefault().equals(before));
    System.out.println(
        "%s %s %s".formatted(before, Charset.defaultCharset(), TimeZone.getDefault().getID()));
  }
}
