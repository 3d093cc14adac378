package org.xgradient.cli.train;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xgradient.cli.option.CsvOptions;
import org.xgradient.cli.option.SharedRows;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.CellException;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.TableSplit;
import org.xgradient.data.table.reading.RowReview;
import org.xgradient.data.table.reading.TableFile;
import org.xgradient.data.table.text.Counts;
import org.xgradient.data.table.text.Names;

/**
 * Files whose rows are for validation or for testing.
 *
 * @param files by what they are for
 * @param names what they are called, by what they are for
 */
record PartFiles(ImmutableMap<String, TableFile> files, ImmutableMap<String, String> names) {

  /** Not a name that a file gives a column: cells have no spaces around them. */
  static final String ORIGIN = " origin";

  private static final int SHOWN = 12;

  private static final List<String> ORIGINS =
      List.of(TableSplit.ByOrigin.VALIDATION, TableSplit.ByOrigin.TEST);

  static PartFiles read(
      CsvOptions options,
      TableSchema schema,
      String label,
      Optional<Path> validation,
      Optional<Path> test) {
    ImmutableMap.Builder<String, Path> given = ImmutableMap.builder();
    validation.ifPresent(file -> given.put(TableSplit.ByOrigin.VALIDATION, file));
    test.ifPresent(file -> given.put(TableSplit.ByOrigin.TEST, file));
    Map<String, Path> paths = given.buildOrThrow();
    ImmutableMap.Builder<String, TableFile> files = ImmutableMap.builder();
    for (Map.Entry<String, Path> file : paths.entrySet()) {
      files.put(file.getKey(), read(options, schema, label, file.getKey(), file.getValue()));
    }
    return new PartFiles(
        files.buildOrThrow(),
        ImmutableMap.copyOf(
            Maps.transformValues(paths, file -> String.valueOf(file.getFileName()))));
  }

  private static TableFile read(
      CsvOptions options, TableSchema schema, String label, String part, Path file) {
    try {
      return options.readAlike(file, schema, label);
    } catch (DataException e) {
      String message = e.getMessage();
      throw new DataException(
          message != null && message.startsWith(file.toString())
              ? "--%s-data %s".formatted(part, message)
              : "--%s-data %s: %s".formatted(part, file, message),
          e);
    }
  }

  /**
   * Looks for rows that would judge the model, or choose its epoch, and are learned from too.
   *
   * @param table the rows that are learned from
   * @param name what the file of the table is called
   * @throws DataException if a file has the rows of the table and no others
   */
  void requireOthers(Table table, String name) {
    files.forEach(
        (part, file) -> {
          SharedRows shared = SharedRows.of(file.table(), table);
          String use =
              part.equals(TableSplit.ByOrigin.TEST) ? "judge the model" : "choose its epoch";
          if (shared.same()) {
            throw new DataException(
                "--%s-data %s has the rows of --data %s, which would %s by what it learned from; name a file of other rows, or leave the option out: a share of the rows is set aside then (--%s)"
                    .formatted(part, names.get(part), name, use, part));
          }
          if (shared.areMany()) {
            System.err.printf(
                "warning: --%s-data %s: %s %s in --data too, and would %s by what it learned from%n",
                part,
                names.get(part),
                Counts.among(shared.shared(), shared.rows(), "row"),
                Counts.verb(shared.shared(), "is", "are"),
                use);
          }
        });
    TableFile validation = files.get(TableSplit.ByOrigin.VALIDATION);
    TableFile test = files.get(TableSplit.ByOrigin.TEST);
    if (validation != null
        && test != null
        && SharedRows.of(test.table(), validation.table()).same()) {
      System.err.println(
          "warning: --test-data and --validation-data have the same rows: they choose the epoch and judge it, so that the figures of the test flatter the model");
    }
  }

  /**
   * Says what a model finds in them that it was not trained on.
   *
   * @param known what it was trained on
   */
  void warnOfUnfamiliar(TablePreprocessing known) {
    files.forEach(
        (part, file) -> {
          RowReview review = RowReview.of(known);
          review.add(file.table());
          review
              .findings()
              .forEach(
                  found ->
                      System.err.println("warning: %s data: %s".formatted(part, found.message())));
        });
  }

  /**
   * Checks that they have labels, and the table has all of them: a model can't learn another.
   *
   * @param known the labels of the table
   * @param unlabelledDropped whether a few rows may have none
   * @throws DataException if they have none, or another one
   */
  void requireLabels(LabelEncoding known, boolean unlabelledDropped) {
    files.forEach(
        (part, file) -> {
          Column labels = file.table().column(known.column());
          requireLabels(part, labels, unlabelledDropped);
          Map<String, Long> unknown = known.unknown(labels);
          if (!unknown.isEmpty()) {
            throw new DataException(
                "%s (%s data): label \"%s\" is %s, which no row of --data has; the labels there are %s; correct them, or take rows with such labels into --data"
                    .formatted(
                        names.get(part),
                        part,
                        known.column(),
                        counts(unknown, labels.rows()),
                        Names.list(known.classes())));
          }
        });
  }

  private void requireLabels(String part, Column labels, boolean unlabelledDropped) {
    int[] missing = IntStream.range(0, labels.rows()).filter(labels::isMissing).toArray();
    if (missing.length == labels.rows()) {
      throw new DataException(
          "%s (%s data): label \"%s\" is missing in %s, which judge%s nothing then; fill it in, or leave --%s-data out"
              .formatted(
                  names.get(part),
                  part,
                  labels.name(),
                  missing.length == 1 ? "the only row" : "all %d rows".formatted(missing.length),
                  missing.length == 1 ? "s" : "",
                  part));
    }
    if (missing.length > 0 && !unlabelledDropped) {
      throw new DataException(
          "%s (%s data), row %d (the header not counted): label \"%s\" is missing (in %s); fill it in, or leave such rows out (--drop-unlabelled)"
              .formatted(
                  names.get(part),
                  part,
                  missing[0] + 1,
                  labels.name(),
                  Counts.among(missing.length, labels.rows(), "row")));
    }
  }

  private static String counts(Map<String, Long> labels, int rows) {
    return labels.entrySet().stream()
        .limit(SHOWN)
        .map(
            label ->
                "\"%s\" in %s"
                    .formatted(label.getKey(), Counts.among(label.getValue(), rows, "row")))
        .collect(Collectors.joining(", "));
  }

  /**
   * An error with the place of its row in the file that has it.
   *
   * @param e about a row of {@link #below}
   * @param above the rows of the table
   */
  DataException placed(CellException e, int above) {
    long before = above;
    for (Map.Entry<String, TableFile> file : files.entrySet()) {
      int rows = file.getValue().table().rows();
      if (e.row() > before && e.row() <= before + rows) {
        return new DataException(
            "%s (%s data), %s"
                .formatted(names.get(file.getKey()), file.getKey(), e.after(-before).getMessage()),
            e);
      }
      before += rows;
    }
    return e;
  }

  /** Puts their rows below those of the table, with a column that says what they are for. */
  Table below(Table table) {
    if (files.isEmpty()) {
      return table;
    }
    Table all = marked(table, CategoricalColumn.MISSING);
    for (Map.Entry<String, TableFile> file : files.entrySet()) {
      all = all.followedBy(marked(file.getValue().table(), ORIGINS.indexOf(file.getKey())));
    }
    return all;
  }

  private static Table marked(Table table, int origin) {
    int[] origins = new int[table.rows()];
    Arrays.fill(origins, origin);
    return table.with(CategoricalColumn.of(ORIGIN, ORIGINS, origins));
  }

  Provenance describe(Provenance provenance) {
    Provenance described = provenance;
    for (Map.Entry<String, TableFile> file : files.entrySet()) {
      described = described.with(file.getKey() + " data SHA-256", file.getValue().sha256());
    }
    return described;
  }
}
