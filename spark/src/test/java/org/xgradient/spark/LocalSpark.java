package org.xgradient.spark;

import org.apache.spark.sql.SparkSession;

/** The session of the tests: two threads, and each task is tried up to three times. */
public final class LocalSpark {

  private LocalSpark() {}

  /** {@return the session, which lives as long as this process} */
  public static SparkSession session() {
    return SparkSession.builder()
        .appName("tests of xgradient")
        .master("local[2,3]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", "target/warehouse")
        .getOrCreate();
  }
}
