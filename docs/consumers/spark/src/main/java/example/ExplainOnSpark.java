package example;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.xgradient.spark.AttributionTransformer;
import org.xgradient.spark.GlobalViews;

/** Explains the rows of a table by a model directory, and says which columns matter. */
public final class ExplainOnSpark {

  private ExplainOnSpark() {}

  /**
   * Explains.
   *
   * @param args the model directory, a CSV file and where to write Parquet
   * @throws IOException if the result can't be written
   */
  public static void main(String[] args) throws IOException {
    SparkSession spark = SparkSession.builder().appName("explain").getOrCreate();
    Dataset<Row> rows =
        spark
            .read()
            .option("header", "true")
            .option("inferSchema", "true")
            .csv(args[1])
            .withColumn("id", functions.monotonically_increasing_id());
    AttributionTransformer stage =
        AttributionTransformer.of(args[0])
            .setIdCol("id")
            .setPredictionCol("prediction")
            .setHandleInvalid("keep");
    stage.transform(rows).write().mode("overwrite").parquet(args[2]);
    GlobalViews.of(stage, rows).importance().show(false);
    stage.explainLong(rows).filter("id = 0").show(false);
  }
}
