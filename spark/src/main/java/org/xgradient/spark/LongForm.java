package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.xgradient.data.DataException;
import org.xgradient.report.text.SafeText;

/** Attributions with a row for each column, or for each word of a text. */
final class LongForm {

  private static final String COLUMN = "column";
  private static final String ATTRIBUTION = "attribution";

  /** Names of what is between, where there is nothing of the user's. */
  private static final String KEY = "key";

  private static final String WORD = "word";
  private static final String POSITION = "position";

  private LongForm() {}

  /**
   * Explains rows.
   *
   * @param stage how
   * @param rows the rows
   * @return the columns {@code idCol}, {@code column} and {@code attribution}
   * @throws DataException if {@code idCol} is not set, or called as one of the others, several
   *     classes are explained, or the model is of images
   */
  static Dataset<Row> of(AttributionTransformer stage, Dataset<?> rows) {
    requireOneClass(stage);
    String id = id(stage, ColumnNames.of(rows.sparkSession()));
    Dataset<Row> parts =
        switch (stage.description().form()) {
          case TEXT -> ofWords(stage, rows, id);
          case TABLE, SAVED_MODEL -> ofColumns(stage, rows, id);
          case IMAGE ->
              throw new DataException("explainLong is for columns and words; images have neither");
        };
    return parts.select(
        functions.col(KEY).as(id), functions.col(COLUMN), functions.col(ATTRIBUTION));
  }

  private static void requireOneClass(AttributionTransformer stage) {
    int classes = stage.getOrDefault(stage.targetClasses()).length;
    if (classes > 1) {
      throw new DataException(
          "explainLong explains one class, found %s in targetClasses; call it for each"
              .formatted(classes));
    }
  }

  private static String id(AttributionTransformer stage, ColumnNames names) {
    String id = stage.getOrDefault(stage.idCol());
    if (id.isEmpty()) {
      throw new DataException("explainLong must know the key of rows; call setIdCol");
    }
    if (names.find(id, ImmutableList.of(COLUMN, ATTRIBUTION)).isPresent()) {
      throw new DataException(
          "explainLong adds columns \"%s\" and \"%s\" to the key of rows, found idCol \"%s\"; rename it"
              .formatted(COLUMN, ATTRIBUTION, SafeText.of(id)));
    }
    return id;
  }

  private static Dataset<Row> ofWords(AttributionTransformer stage, Dataset<?> rows, String id) {
    AttributionTransformer words = stage.copy(new ParamMap()).setOutputType("struct");
    return words
        .transform(rows)
        .select(column(id).as(KEY), functions.explode(attributions(stage)).as(WORD))
        .select(
            functions.col(KEY),
            functions.col(WORD).getField("word").as(COLUMN),
            functions.col(WORD).getField("attribution").as(ATTRIBUTION));
  }

  private static Dataset<Row> ofColumns(AttributionTransformer stage, Dataset<?> rows, String id) {
    AttributionTransformer arrays = stage.copy(new ParamMap()).setOutputType("array");
    List<String> names = new Plan(arrays, rows).columnNames();
    Column all = functions.array(names.stream().map(functions::lit).toArray(Column[]::new));
    return arrays
        .transform(rows)
        .select(
            column(id).as(KEY),
            functions.posexplode(attributions(stage)).as(new String[] {POSITION, ATTRIBUTION}))
        .select(
            functions.col(KEY),
            functions.element_at(all, functions.col(POSITION).plus(1)).as(COLUMN),
            functions.col(ATTRIBUTION));
  }

  private static Column attributions(AttributionTransformer stage) {
    return column(stage.getOrDefault(stage.outputCol()));
  }

  private static Column column(String name) {
    return functions.col(Quoted.name(name));
  }
}
