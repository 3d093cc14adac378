package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.xgradient.data.DataException;
import org.xgradient.report.text.SafeText;
import org.xgradient.spark.model.ModelForm;

/**
 * What attributions say of a model as a whole, in one pass over any number of rows: how much each
 * column matters, and how that depends on its value.
 *
 * <p>The pass counts and averages by column and bin of its value, and by the columns of one's own
 * that were asked for. A number's bin is half a standard deviation of the training rows wide, a
 * category's a level. What is left is small, and all tables are made of it.
 */
public final class GlobalViews {

  /** The bin of cells that are missing. */
  public static final String MISSING = "missing";

  /** The bin of levels that the model does not know. */
  public static final String OTHER = "other";

  private static final String ALL = "all";

  /** Of groups, columns and bins together; more would not be looked at, and fill the driver. */
  private static final int MOST_CELLS = 1_000_000;

  /** The columns of the tables. */
  private static final ImmutableList<String> RESERVED =
      ImmutableList.of(
          "column",
          "position",
          "bin",
          "value",
          "attribution",
          "entry",
          "rows",
          "mean",
          "meanValue",
          "meanAbsolute",
          "meanStandardError",
          "standardError",
          "variance",
          "varianceAbsolute");

  private final ImmutableList<String> groups;
  private final Dataset<Row> cells;

  private GlobalViews(ImmutableList<String> groups, Dataset<Row> cells) {
    this.groups = groups;
    this.cells = cells;
  }

  /**
   * Explains all rows and sums up; the one job that reads them.
   *
   * @param stage explains the rows; one class of them
   * @param rows the rows
   * @param groups columns by whose values the tables are told apart; none for one table of all rows
   * @return the views
   * @throws DataException if several classes are explained, a column is not there, there twice, or
   *     called as a column of the tables is, or the groups have too many values
   */
  public static GlobalViews of(AttributionTransformer stage, Dataset<?> rows, String... groups) {
    if (stage.getOrDefault(stage.targetClasses()).length > 1) {
      throw new DataException("global views are of one class; set targetClasses to one of them");
    }
    ModelForm form = stage.description().form();
    if (form == ModelForm.TEXT || form == ModelForm.IMAGE) {
      throw new DataException("global views are of columns; words and pixels have none");
    }
    AttributionTransformer plain = stage.copy(new ParamMap()).setOutputType("array");
    checkGroups(ColumnNames.of(rows.sparkSession()), List.of(rows.columns()), groups);
    ImmutableList<String> names = new Plan(plain, rows).columnNames();
    Column attributions = functions.col(Quoted.name(plain.getOrDefault(plain.outputCol())));
    ImmutableList<ValueBins> bins =
        stage
            .description()
            .table()
            .map(model -> ValueBins.of(model.preprocessing()))
            .orElse(ImmutableList.of());
    List<Column> entries = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Column[] told = bins.isEmpty() ? toldOfAll() : told(bins.get(i), names.get(i));
      entries.add(
          functions.struct(
              functions.lit(names.get(i)).as("column"),
              functions.lit(i).as("position"),
              told[0],
              told[1],
              attributions.getItem(i).as("attribution")));
    }
    List<Column> kept = new ArrayList<>();
    for (String group : groups) {
      kept.add(functions.col(Quoted.name(group)));
    }
    List<Column> keys = new ArrayList<>(kept);
    keys.addAll(List.of(functions.col("column"), functions.col("position"), functions.col("bin")));
    kept.add(functions.explode(functions.array(entries.toArray(new Column[0]))).as("entry"));
    Column attribution = functions.col("attribution");
    Column absolute = functions.abs(attribution);
    Dataset<Row> summed =
        plain
            .transform(rows)
            // Rows that were kept though they can't be explained.
            .filter(attributions.isNotNull())
            .select(kept.toArray(new Column[0]))
            .select(selected(groups))
            .groupBy(keys.toArray(new Column[0]))
            .agg(
                functions.count(functions.lit(1)).as("rows"),
                functions.avg(functions.col("value")).as("meanValue"),
                functions.avg(absolute).as("meanAbsolute"),
                functions.var_pop(absolute).as("varianceAbsolute"),
                functions.avg(attribution).as("mean"),
                functions.var_pop(attribution).as("variance"));
    List<Row> cells = summed.limit(MOST_CELLS + 1).collectAsList();
    if (cells.size() > MOST_CELLS) {
      throw new DataException(
          "%s have too many values together, for tables of at most %s rows; group by columns of few values"
              .formatted(SafeText.of(String.join(", ", groups)), MOST_CELLS));
    }
    return new GlobalViews(
        ImmutableList.copyOf(groups), rows.sparkSession().createDataFrame(cells, summed.schema()));
  }

  private static void checkGroups(ColumnNames names, List<String> columns, String... groups) {
    List<String> known = new ArrayList<>();
    for (String group : groups) {
      if (names.find(group, columns).isEmpty()) {
        throw new DataException(
            "there is no column \"%s\" to group by".formatted(SafeText.of(group)));
      }
      if (names.find(group, known).isPresent()) {
        throw new DataException(
            "the columns to group by must be different, found \"%s\" twice"
                .formatted(SafeText.of(group)));
      }
      if (names.find(group, RESERVED).isPresent()) {
        throw new DataException(
            "a column to group by can't be called \"%s\", as a column of the tables is; rename it"
                .formatted(SafeText.of(group)));
      }
      known.add(group);
    }
  }

  private static Column[] selected(String... groups) {
    List<Column> all = new ArrayList<>();
    for (String group : groups) {
      all.add(functions.col(Quoted.name(group)));
    }
    all.add(functions.col("entry.*"));
    return all.toArray(new Column[0]);
  }

  /** What is told of a column's values: the bin, and the number where it is one. */
  private static Column[] told(ValueBins bins, String column) {
    Column cell = functions.col(Quoted.name(column));
    return new Column[] {
      functions.udf(bins.bin(), DataTypes.StringType).apply(cell).as("bin"),
      functions.udf(bins.value(), DataTypes.DoubleType).apply(cell).as("value")
    };
  }

  /** What is told where the model knows nothing of values. */
  private static Column[] toldOfAll() {
    return new Column[] {
      functions.lit(ALL).as("bin"), functions.lit(null).cast("double").as("value")
    };
  }

  /**
   * How much each column matters.
   *
   * @return the groups, {@code column}, {@code rows}, {@code meanAbsolute} (the mean absolute
   *     attribution), {@code standardError} (of it), and {@code mean}; the most important column of
   *     a group first
   */
  public Dataset<Row> importance() {
    List<Column> order = new ArrayList<>();
    groups.forEach(group -> order.add(functions.col(Quoted.name(group))));
    order.add(functions.col("meanAbsolute").desc());
    order.add(functions.col("position"));
    return merged("column", "position")
        .orderBy(order.toArray(new Column[0]))
        .drop("position", "meanValue", "meanStandardError");
  }

  /**
   * How the attribution of a column depends on its value.
   *
   * @param column the column
   * @return the groups, {@code bin} (the number of half standard deviations from the mean of the
   *     training rows, a level, {@value #MISSING} or {@value #OTHER}), {@code rows}, {@code
   *     meanValue} (of numbers), {@code mean} (the mean attribution) and {@code standardError} (of
   *     it); ordered by value or level
   * @throws DataException if the model has no such column
   */
  public Dataset<Row> dependence(String column) {
    Dataset<Row> ofColumn = cells.filter(functions.col("column").equalTo(column));
    if (ofColumn.isEmpty()) {
      throw new DataException("the model has no column \"%s\" to look at".formatted(column));
    }
    List<Column> order = new ArrayList<>();
    groups.forEach(group -> order.add(functions.col(Quoted.name(group))));
    order.add(functions.col("meanValue").asc_nulls_last());
    order.add(functions.col("bin"));
    return merged(ofColumn, "bin")
        .drop("meanAbsolute", "standardError")
        .withColumnRenamed("meanStandardError", "standardError")
        .orderBy(order.toArray(new Column[0]));
  }

  /** {@return the names of the columns by which the tables are told apart} */
  public ImmutableList<String> groups() {
    return groups;
  }

  private Dataset<Row> merged(String... keys) {
    return merged(cells, keys);
  }

  /** Cells put together: means weighted by rows, variances within them and between them. */
  private Dataset<Row> merged(Dataset<Row> some, String... keys) {
    List<Column> all = new ArrayList<>();
    groups.forEach(group -> all.add(functions.col(Quoted.name(group))));
    for (String key : keys) {
      all.add(functions.col(key));
    }
    return some.groupBy(all.toArray(new Column[0]))
        .agg(
            functions.sum("rows").as("rows"),
            functions.expr("sum(rows * meanAbsolute) / sum(rows)").as("meanAbsolute"),
            functions.expr(standardError("meanAbsolute", "varianceAbsolute")).as("standardError"),
            functions.expr("sum(rows * mean) / sum(rows)").as("mean"),
            functions.expr(standardError("mean", "variance")).as("meanStandardError"),
            functions
                .expr("sum(rows * meanValue) / sum(if(meanValue is null, 0, rows))")
                .as("meanValue"));
  }

  /** Of the mean of all rows; null for one row. */
  private static String standardError(String mean, String variance) {
    String squares =
        "sum(rows * (%2$s + %1$s * %1$s)) - sum(rows * %1$s) * sum(rows * %1$s) / sum(rows)"
            .formatted(mean, variance);
    return "if(sum(rows) > 1, sqrt(greatest(0D, %s) / (sum(rows) - 1) / sum(rows)), null)"
        .formatted(squares);
  }
}
