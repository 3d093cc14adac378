package org.xgradient.experiments.promises;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;
import org.xgradient.data.Task;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.experiments.ConfigurationSource;

/** A folder of tables, {@code NAME.csv} with {@code NAME.json} beside it. */
final class TableFolder {

  private TableFolder() {}

  /**
   * What stands beside a table.
   *
   * @param label the label column
   * @param task binary, multiclass or regression; empty to find out
   * @param masked the columns that a model must not depend on, perhaps none
   * @param dropped the columns to leave out, perhaps none
   */
  record Facts(String label, String task, List<String> masked, List<String> dropped) {}

  private static final String OPTIONAL = "{\"task\": \"\", \"masked\": [], \"dropped\": []}";

  /**
   * Reads all tables that have such a file.
   *
   * @throws DataException if there is none, or one can't be read
   */
  static ImmutableList<PromisedTable> read(Path folder) {
    List<Path> files = new ArrayList<>();
    RegularFiles.checkNoDevice(folder);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
    if (files.isEmpty()) {
      throw new DataException(
          ("there must be a file NAME.json beside each NAME.csv of %s, {\"label\": \"...\","
                  + " \"masked\": [\"...\"], \"dropped\": [\"...\"]}; found none")
              .formatted(folder));
    }
    return files.stream().sorted().map(TableFolder::table).collect(ImmutableList.toImmutableList());
  }

  private static Optional<Task> task(String name) {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Enums.getIfPresent(Task.class, name.toUpperCase(Locale.ROOT))
                .toJavaUtil()
                .orElseThrow(
                    () ->
                        new DataException(
                            "a task must be binary, multiclass or regression, found \"%s\""
                                .formatted(name))));
  }

  private static PromisedTable table(Path file) {
    Facts facts = ConfigurationSource.of(file).as(Facts.class, OPTIONAL);
    String name = MoreFiles.getNameWithoutExtension(file);
    TableReader reader = TableReader.withDefaults().withOddCellsMissing();
    if (!facts.dropped().isEmpty()) {
      reader = reader.without(facts.dropped().toArray(String[]::new));
    }
    Path csv = file.resolveSibling(name + ".csv");
    return new PromisedTable(
        name,
        Checksums.sha256(csv) + Checksums.sha256(file),
        reader.read(csv),
        facts.label(),
        task(facts.task()),
        facts.masked());
  }
}
