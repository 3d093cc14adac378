package org.xgradient.spark;

import com.google.common.collect.ImmutableMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.xgradient.report.text.SafeText;

/** Opens Spark for the programs of this library. */
public final class SparkSessions {

  /** A program on one machine is for its user only, and opens nothing to the network. */
  private static final ImmutableMap<String, String> ON_ONE_MACHINE =
      ImmutableMap.of(
          "spark.ui.enabled", "false",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.driver.host", "127.0.0.1");

  private SparkSessions() {}

  /**
   * Opens a session, or takes the one that is there. On one machine Spark's pages are off, unless
   * its configuration says otherwise.
   *
   * @param name the name of the application
   * @param master where Spark is, such as {@code local[2]}; blank if there is a session, or its
   *     configuration says it
   * @return the session
   * @throws IllegalArgumentException if Spark can't be started there, or nothing says where
   */
  public static SparkSession open(String name, String master) {
    if (master.isBlank() && !isKnown()) {
      throw new IllegalArgumentException(
          "Spark has no master: none is given, and its configuration (spark.master) names none; give"
              + " one such as local[2] or spark://HOST:7077");
    }
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    if (!master.isBlank()) {
      builder.master(master);
    }
    if (master.startsWith("local")) {
      ON_ONE_MACHINE.forEach((key, value) -> builder.config(key, System.getProperty(key, value)));
    }
    try {
      return builder.getOrCreate();
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "Spark can't be started at \"%s\": %s; give a master such as local[2] or spark://HOST:7077"
              .formatted(SafeText.of(master), firstLine(e)),
          e);
    }
  }

  private static boolean isKnown() {
    return new SparkConf().contains("spark.master")
        || SparkSession.getActiveSession().isDefined()
        || SparkSession.getDefaultSession().isDefined();
  }

  private static String firstLine(Exception error) {
    return SafeText.of(
        String.valueOf(error.getMessage()).lines().findFirst().orElse("no reason given"));
  }
}
