package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program on {@code -Dmodel=DIR -Dtable=FILE.csv}, on two threads. */
class ExplainOnSparkTest {

  @TempDir private Path folder;

  @Test
  void everyRowIsExplained() throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    String out = folder.resolve("explained").toString();
    String table = System.getProperty("table");
    ExplainOnSpark.main(new String[] {System.getProperty("model"), table, out});
    List<Row> explained = spark.read().parquet(out).collectAsList();
    assertEquals(spark.read().option("header", "true").csv(table).count(), explained.size());
    for (Row row : explained) {
      List<Double> shares = row.getList(row.fieldIndex("attribution"));
      double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
      // Against the zero baseline, of which the output of a network without biases is 0.
      assertTrue(Math.abs(sum - row.<Double>getAs("explained")) < 1e-4);
    }
    spark.stop();
  }
}
