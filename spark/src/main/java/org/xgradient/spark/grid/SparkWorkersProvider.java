package org.xgradient.spark.grid;

import org.apache.spark.sql.SparkSession;
import org.xgradient.experiments.WorkerPool;
import org.xgradient.experiments.WorkerPoolProvider;
import org.xgradient.spark.SparkSessions;

/** Finds Spark by its master: {@code spark:local[2]}, {@code spark:spark://HOST:7077}. */
public final class SparkWorkersProvider implements WorkerPoolProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SparkWorkersProvider() {}

  @Override
  public String scheme() {
    return "spark";
  }

  @Override
  public WorkerPool open(String address) {
    // A session that is there is borrowed.
    boolean own = SparkSession.getDefaultSession().isEmpty();
    return new SparkWorkers(SparkSessions.open("xgradient experiment", address), own);
  }
}
