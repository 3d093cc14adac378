package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.xgradient.data.DataException;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.ColumnReading;

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
  private static final double BINS_PER_SCALE = 2;

  /** Beyond three standard deviations there is one bin on each side. */
  private static final int MOST_BINS = 6;

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
   * @throws DataException if several classes are explained, or a column is not there
   */
  public static GlobalViews of(AttributionTransformer stage, Dataset<?> rows, String... groups) {
    if (stage.getOrDefault(stage.targetClasses()).length > 1) {
      throw new DataException("global views are of one class; set targetClasses to one of them");
    }
    AttributionTransformer plain = stage.copy(new ParamMap()).setOutputType("array");
    for (String group : groups) {
      if (!List.of(rows.columns()).contains(group)) {
        throw new DataException("there is no column \"%s\" to group by".formatted(group));
      }
    }
    var plan = new Plan(plain, rows.schema());
    Column attributions = functions.col(Quoted.name(plain.getOrDefault(plain.outputCol())));
    List<Column> entries = new ArrayList<>();
    ImmutableList<String> names = plan.columnNames();
    for (int i = 0; i < names.size(); i++) {
      entries.add(
          functions.struct(
              functions.lit(names.get(i)).as("column"),
              functions.lit(i).as("position"),
              bin(stage, i).as("bin"),
              value(stage, i).as("value"),
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
    Dataset<Row> cells =
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
                functions.var_pop(attribution).as("variance"))
            .localCheckpoint();
    return new GlobalViews(ImmutableList.copyOf(groups), cells);
  }

  private static Column[] selected(String... groups) {
    List<Column> all = new ArrayList<>();
    for (String group : groups) {
      all.add(functions.col(Quoted.name(group)));
    }
    all.add(functions.col("entry.*"));
    return all.toArray(new Column[0]);
  }

  private static Optional<ColumnEncoding> encoding(AttributionTransformer stage, int index) {
    return stage.description().table().map(model -> model.preprocessing().encodings().get(index));
  }

  /** The number in a column; null for a category. */
  private static Column value(AttributionTransformer stage, int index) {
    return encoding(stage, index)
        .filter(e -> e instanceof ColumnEncoding.Numeric)
        .map(e -> number((ColumnEncoding.Numeric) e))
        .orElse(functions.lit(null).cast("double"));
  }

  private static Column number(ColumnEncoding.Numeric encoding) {
    Column cell = functions.col(Quoted.name(encoding.column()));
    return encoding.reading() instanceof ColumnReading.Dates
        ? functions.datediff(cell.cast("date"), functions.lit("1970-01-01")).cast("double")
        : functions.expr("try_cast(" + Quoted.name(encoding.column()) + " as double)");
  }

  private static Column bin(AttributionTransformer stage, int index) {
    return encoding(stage, index)
        .map(
            e ->
                e instanceof ColumnEncoding.Numeric numeric
                    ? binOf(numeric)
                    : binOf((ColumnEncoding.Categorical) e))
        .orElse(functions.lit(ALL));
  }

  private static Column binOf(ColumnEncoding.Numeric encoding) {
    Column value = number(encoding);
    Column bin =
        functions.floor(
            value
                .minus(encoding.standardizer().mean())
                .divide(encoding.standardizer().scale())
                .multiply(BINS_PER_SCALE));
    Column within =
        functions.greatest(
            functions.lit(-MOST_BINS - 1), functions.least(functions.lit(MOST_BINS), bin));
    return functions
        .when(value.isNull().or(functions.isnan(value)), functions.lit(MISSING))
        .otherwise(within.cast("string"));
  }

  private static Column binOf(ColumnEncoding.Categorical encoding) {
    Column text = functions.col(Quoted.name(encoding.column())).cast("string");
    Object[] levels = encoding.oneHot().levels().toArray();
    return functions
        .when(text.isNull().or(text.isin(encoding.reading().missing().toArray())), MISSING)
        .when(text.isin(levels), text)
        .otherwise(OTHER);
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
