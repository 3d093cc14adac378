package org.xgradient.spark.grid;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.xgradient.experiments.Configurations;
import org.xgradient.experiments.ExperimentJson;
import org.xgradient.experiments.WorkerPool;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The executors of a Spark application as workers: each piece is a task, and comes back when it is
 * done. Executors load the data themselves, and must find what the driver found.
 */
public final class SparkWorkers implements WorkerPool {

  private final SparkSession session;
  private final boolean own;

  /**
   * Borrows a session.
   *
   * @param session the session
   */
  public SparkWorkers(SparkSession session) {
    this(session, false);
  }

  SparkWorkers(SparkSession session, boolean own) {
    this.session = session;
    this.own = own;
  }

  /** What comes from Spark's thread: a result, or an error that ends the job. */
  private record Message(int task, @Nullable String result, @Nullable Throwable error) {}

  private static final class Results extends AbstractFunction2<Object, String, BoxedUnit> {
    private final BlockingQueue<Message> queue;

    Results(BlockingQueue<Message> queue) {
      this.queue = queue;
    }

    @Override
    public BoxedUnit apply(Object task, String result) {
      queue.add(new Message((Integer) task, result, null));
      return BoxedUnit.UNIT;
    }
  }

  @Override
  public <C, T, R> void run(Job<C, T, R> job, BiConsumer<? super T, ? super R> finished) {
    ImmutableList<T> tasks = job.tasks();
    if (tasks.isEmpty()) {
      return;
    }
    var remote =
        new RemoteTask(
            job.experiment().name(),
            Configurations.toJson(job.configuration()),
            ExperimentJson.write(job.work().facts()));
    // The driver must not begin what executors can't find.
    KnownExperiments.requireSame(job.experiment());
    BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    String group = "xgradient-" + UUID.randomUUID();
    Thread submission = new Thread(() -> submit(remote, tasks, group, queue), group);
    submission.setDaemon(true);
    submission.start();
    int done = 0;
    try {
      for (; done < tasks.size(); done++) {
        Message next = queue.take();
        if (next.error() != null) {
          throw new IllegalStateException(
              "a task failed: " + firstLine(next.error()), next.error());
        }
        finished.accept(
            tasks.get(next.task()), read(next, job.experiment().description().result()));
      }
    } catch (InterruptedException e) {
      throw new CancellationException(
          "interrupted after %s of %s tasks".formatted(done, tasks.size()));
    } finally {
      session.sparkContext().cancelJobGroup(group);
    }
  }

  /** Spark's messages have the stack trace of the executor in them. */
  private static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("no message");
  }

  private static <R> R read(Message message, Class<R> type) {
    try {
      return ExperimentJson.read(String.valueOf(message.result()), type);
    } catch (IOException e) {
      throw new UncheckedIOException("a result can't be read: " + message.result(), e);
    }
  }

  private <T> void submit(
      RemoteTask remote, List<T> tasks, String group, BlockingQueue<Message> queue) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    context.setJobGroup(group, remote.experiment(), true);
    try {
      List<String> texts = tasks.stream().map(ExperimentJson::write).toList();
      List<Object> partitions = IntStream.range(0, tasks.size()).mapToObj(i -> (Object) i).toList();
      context
          .sc()
          .runJob(
              context.parallelize(texts, texts.size()).rdd(),
              remote,
              CollectionConverters.asScala(partitions).toSeq(),
              new Results(queue),
              ClassTag$.MODULE$.apply(String.class));
    } catch (RuntimeException | Error e) {
      queue.add(new Message(-1, null, e));
    }
  }

  @Override
  public void close() {
    if (own) {
      session.stop();
    }
  }
}
