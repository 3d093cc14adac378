package org.xgradient.spark.job;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.xgradient.spark.SparkSessions;
import picocli.CommandLine.Option;

/** The option where Spark is. */
final class SessionOption {

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Where Spark is, such as local[2]; by default what spark-submit says, else local[*,3].")
  private Optional<String> master = Optional.empty();

  @SuppressWarnings("NullAway.Init")
  SessionOption() {}

  SparkSession open(String name) {
    String submitted = System.getProperty("spark.master", "local[*,3]");
    return SparkSessions.open(name, master.orElse(submitted));
  }
}
