package org.xgradient.spark;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.xgradient.spark.model.ModelArchive;

/**
 * The files of a model, and how they were sent to the executors of the last application: a stage
 * and its copies send them once.
 */
final class SentArchive implements Serializable {

  private static final long serialVersionUID = 1;

  private final ModelArchive archive;
  private transient @Nullable Sent sent;

  SentArchive(ModelArchive archive) {
    this.archive = archive;
  }

  private record Sent(WeakReference<SparkContext> application, Broadcast<ModelArchive> archive) {

    boolean isOf(SparkContext other) {
      return application.get() == other && archive.isValid();
    }
  }

  /** {@return the files} */
  ModelArchive archive() {
    return archive;
  }

  /** {@return the files, as tasks of an application see them} */
  synchronized Broadcast<ModelArchive> in(SparkContext application) {
    Sent last = sent;
    if (last == null || !last.isOf(application)) {
      last =
          new Sent(
              new WeakReference<>(application),
              JavaSparkContext.fromSparkContext(application).broadcast(archive));
      sent = last;
    }
    return last.archive();
  }
}
