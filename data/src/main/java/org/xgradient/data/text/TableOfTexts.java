package org.xgradient.data.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.xgradient.data.DataException;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.reading.TableChunks;
import org.xgradient.data.table.reading.TableReader;

/** Texts that are a column of a table. */
final class TableOfTexts {

  private static final int ROWS_PER_CHUNK = 4096;

  private TableOfTexts() {}

  /**
   * Reads columns.
   *
   * @param tables knows how the rows are written
   * @param labelOf what is taken of a label at a place
   */
  static LabelledTexts read(
      Path file,
      TableReader tables,
      String text,
      Optional<String> label,
      BinaryOperator<String> labelOf) {
    if (label.isPresent() && label.get().equals(text)) {
      throw new DataException(
          "texts and labels must be different columns, found \"%s\" for both".formatted(text));
    }
    List<String> columns = label.map(named -> List.of(text, named)).orElse(List.of(text));
    TableReader reader = tables.withKept(columns);
    // Cells are taken as they stand in the file, where NA is a word; a table must have a column.
    var schema =
        new TableSchema(ImmutableMap.of(text, ColumnReading.plain(ColumnType.CATEGORICAL)));
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    ImmutableList.Builder<String> labels = ImmutableList.builder();
    ImmutableIntArray.Builder numbers = ImmutableIntArray.builder();
    int row = 0;
    try (TableChunks chunks = reader.open(file, schema, ROWS_PER_CHUNK)) {
      while (chunks.hasNext()) {
        chunks.next();
        for (List<String> cells : chunks.keptCells()) {
          row++;
          String place = "row %s of %s".formatted(row, file);
          texts.add(filled(place, text, cells.get(0)));
          if (label.isPresent()) {
            labels.add(labelOf.apply(place, filled(place, label.get(), cells.get(1))));
          }
          numbers.add(row);
        }
      }
    }
    if (row == 0) {
      throw new DataException("%s has a header and no rows; give a table of texts".formatted(file));
    }
    return new LabelledTexts(
        texts.build(),
        label.map(column -> labels.build()),
        numbers.build(),
        LabelledTexts.Unit.ROW);
  }

  private static String filled(String place, String column, String cell) {
    if (cell.isBlank()) {
      throw new DataException(
          "%s has nothing in column \"%s\"; fill it, or delete the row".formatted(place, column));
    }
    return cell.strip();
  }
}
