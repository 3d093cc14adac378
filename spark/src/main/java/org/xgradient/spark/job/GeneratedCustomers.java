package org.xgradient.spark.job;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;

/**
 * Invented customers of a bank, 16 columns of numbers and 4 of levels, made on the executors: row
 * by row a function of the row's number, so that however many partitions there are the rows are the
 * same. Who defaults depends on the first two numbers and the first levels; the others are noise.
 */
final class GeneratedCustomers {

  static final String ID = "id";
  static final String LABEL = "defaulted";
  static final String REGION = "region";

  private static final ImmutableList<String> NUMBERS =
      ImmutableList.of(
          "debt",
          "income",
          "age",
          "years_as_customer",
          "balance",
          "cards",
          "limit",
          "payments",
          "late_payments",
          "calls",
          "visits",
          "savings",
          "rent",
          "children",
          "distance",
          "score");

  private static final ImmutableList<String> LEVELS =
      ImmutableList.of("employment", REGION, "housing", "channel");

  private static final int MOST_LEVELS = 5;

  private GeneratedCustomers() {}

  static Dataset<Row> rows(SparkSession session, long count, int partitions) {
    List<Column> columns = new ArrayList<>(List.of(functions.col(ID)));
    for (int i = 0; i < NUMBERS.size(); i++) {
      // About normal: the sum of three uniform numbers, centred and scaled to one.
      Column sum = uniform(3 * i).plus(uniform(3 * i + 1)).plus(uniform(3 * i + 2));
      columns.add(functions.round(sum.minus(1.5).multiply(2), 4).as(NUMBERS.get(i)));
    }
    for (int i = 0; i < LEVELS.size(); i++) {
      columns.add(
          functions
              .concat(
                  functions.lit(LEVELS.get(i) + " "),
                  functions.floor(uniform(100 + i).multiply(MOST_LEVELS)).cast("string"))
              .as(LEVELS.get(i)));
    }
    Column risk =
        functions
            .col("debt")
            .multiply(2)
            .minus(functions.col("income"))
            .plus(
                functions
                    .when(functions.col("employment").equalTo("employment 0"), 1.5)
                    .otherwise(0))
            .plus(uniform(200).minus(0.5));
    return session
        .range(0, count, 1, partitions)
        .toDF(ID)
        .select(columns.toArray(new Column[0]))
        .withColumn(LABEL, functions.when(risk.gt(0), "yes").otherwise("no"));
  }

  /** In [0, 1), from the number of the row. */
  private static Column uniform(int stream) {
    Column hash = functions.xxhash64(functions.col(ID), functions.lit(stream));
    return functions.pmod(hash, functions.lit(1L << 32)).divide(Math.pow(2, 32));
  }

  /** Rows that were collected, with the label. */
  static Table table(List<Row> rows) {
    List<org.xgradient.data.table.Column> columns = new ArrayList<>();
    for (String name : NUMBERS) {
      columns.add(
          NumericColumn.of(
              name, rows.stream().mapToDouble(row -> row.<Double>getAs(name)).toArray()));
    }
    for (String name : LEVELS) {
      columns.add(levels(name, rows));
    }
    columns.add(levels(LABEL, rows));
    return Table.of(columns);
  }

  private static CategoricalColumn levels(String name, List<Row> rows) {
    Map<String, Integer> codes = new LinkedHashMap<>();
    rows.stream()
        .map(row -> row.<String>getAs(name))
        .sorted()
        .distinct()
        .forEach(level -> codes.put(level, codes.size()));
    int[] coded = rows.stream().mapToInt(row -> codes.get(row.<String>getAs(name))).toArray();
    return CategoricalColumn.of(name, List.copyOf(codes.keySet()), coded);
  }
}
