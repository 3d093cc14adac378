package org.xgradient.cli.train;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xgradient.cli.option.CsvOptions;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.TableSplit;
import org.xgradient.data.table.reading.TableFile;

/**
 * Files whose rows are for validation or for testing.
 *
 * @param files by what they are for
 */
record PartFiles(ImmutableMap<String, TableFile> files) {

  /** Not a name that a file gives a column: cells have no spaces around them. */
  static final String ORIGIN = " origin";

  private static final List<String> ORIGINS =
      List.of(TableSplit.ByOrigin.VALIDATION, TableSplit.ByOrigin.TEST);

  static PartFiles read(
      CsvOptions options, TableSchema schema, Optional<Path> validation, Optional<Path> test) {
    ImmutableMap.Builder<String, TableFile> files = ImmutableMap.builder();
    validation.ifPresent(
        file -> files.put(TableSplit.ByOrigin.VALIDATION, read(options, schema, file)));
    test.ifPresent(file -> files.put(TableSplit.ByOrigin.TEST, read(options, schema, file)));
    return new PartFiles(files.buildOrThrow());
  }

  private static TableFile read(CsvOptions options, TableSchema schema, Path file) {
    try {
      return options.readAlike(file, schema);
    } catch (DataException e) {
      throw new DataException("%s: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
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
