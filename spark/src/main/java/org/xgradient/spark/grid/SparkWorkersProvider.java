package org.xgradient.spark.grid;

import org.apache.spark.sql.SparkSession;
import org.xgradient.experiments.WorkerPool;
import org.xgradient.experiments.WorkerPoolProvider;

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
    SparkSession.Builder session = SparkSession.builder().appName("xgradient experiment");
    if (!address.isEmpty()) {
      session.master(address);
    }
    return new SparkWorkers(session.getOrCreate(), own);
  }
}
