package org.xgradient.spark.job;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xgradient.report.text.Numbers;
import org.xgradient.spark.AttributionTransformer;
import org.xgradient.spark.GlobalViews;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From generated rows to a model, its attributions and a page. */
@Command(
    name = "example",
    description = {
      "Generate a table of a million rows as Parquet, train a model on some of them, explain all,"
          + " and write a page.",
      "Its attributions are Parquet beside the rows; the page shows which columns matter, and how."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ExampleProgram implements Callable<Integer> {

  private static final int TRAINED_ON = 4000;
  private static final int EPOCHS = 60;
  private static final int PARTITIONS = 16;

  @Option(
      names = "--rows",
      defaultValue = "1000000",
      description = "How many rows (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--out",
      defaultValue = "xgradient-spark-example",
      paramLabel = "DIR",
      description = "Where to write (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Mixin private SessionOption spark;

  @SuppressWarnings("NullAway.Init")
  ExampleProgram() {}

  @Override
  public Integer call() throws IOException {
    checkArgument(rows >= TRAINED_ON, "--rows must be at least %s, found %s", TRAINED_ON, rows);
    Files.createDirectories(out);
    String table = out.resolve("customers.parquet").toUri().toString();
    String explained = out.resolve("attributions.parquet").toUri().toString();
    Path model = out.resolve("model");
    SparkSession session = spark.open("xgradient example");
    try {
      JobProgress.during(
          session,
          "generating",
          () ->
              GeneratedCustomers.rows(session, rows, PARTITIONS)
                  .write()
                  .mode("overwrite")
                  .parquet(table));
      Dataset<Row> all = session.read().parquet(table);
      List<Row> some = all.filter("id < " + Long.toString(TRAINED_ON)).collectAsList();
      double metric = SmallModel.write(model, some, EPOCHS);
      System.out.println(
          "Model:        "
              + model
              + ", objective on validation rows "
              + Numbers.significant(metric, 3));

      AttributionTransformer stage =
          AttributionTransformer.of(model.toString())
              .setIdCol(GeneratedCustomers.ID)
              .setPredictionCol("prediction");
      long start = System.nanoTime();
      JobProgress.during(
          session,
          "explaining",
          () -> stage.transform(all).write().mode("overwrite").parquet(explained));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      System.out.println("Attributions: " + explained + ", " + Numbers.duration(took));

      GlobalViews whole =
          JobProgress.during(session, "summing up", () -> GlobalViews.of(stage, all));
      GlobalViews byRegion =
          JobProgress.during(
              session,
              "summing up by region",
              () -> GlobalViews.of(stage, all, GeneratedCustomers.REGION));
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("rows", Numbers.count(rows));
      facts.put("explained in", Numbers.duration(took));
      facts.put("Spark", session.version() + ", " + session.sparkContext().master());
      Path page = out.resolve("report.html");
      ViewsPage.write(page, Numbers.count(rows) + " customers explained", whole, byRegion, facts);
      System.out.println("Page:         " + page);
      return 0;
    } finally {
      session.stop();
    }
  }
}
