package org.xgradient.spark.job;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xgradient.spark.AttributionTransformer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Explains a table of Parquet files by a model directory. */
@Command(
    name = "attribute",
    description = "Explain the rows of Parquet files by a model directory, and write Parquet.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class AttributeProgram implements Callable<Integer> {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The model directory: a path of the driver, or a URI.")
  private String model;

  @Option(names = "--data", required = true, paramLabel = "PATH", description = "The rows.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "Where to write; there must be nothing yet.")
  private String out;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description = "A column with a key of the row, for messages.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--method",
      defaultValue = "auto",
      description = "auto, xg, ig or ixg (default: ${DEFAULT-VALUE}).")
  private String method;

  @Option(
      names = "--invalid",
      defaultValue = "error",
      description = "error, skip or keep rows that can't be used (default: ${DEFAULT-VALUE}).")
  private String invalid;

  @Mixin private SessionOption spark;

  @SuppressWarnings("NullAway.Init")
  AttributeProgram() {}

  @Override
  public Integer call() {
    SparkSession session = spark.open("xgradient attribute");
    try {
      AttributionTransformer stage =
          AttributionTransformer.of(model).setMethod(method).setHandleInvalid(invalid);
      id.ifPresent(stage::setIdCol);
      Dataset<Row> rows = session.read().parquet(data);
      Dataset<Row> explained = stage.transform(rows);
      JobProgress.during(
          session, "explaining", () -> explained.write().mode("errorifexists").parquet(out));
      return 0;
    } finally {
      session.stop();
    }
  }
}
