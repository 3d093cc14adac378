package org.xgradient.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.spark.model.ExecutorModel;
import org.xgradient.spark.model.Leases;

/** One model in a process, whatever its tasks do. */
class ExecutorModelTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** Tasks of this process, which is driver and executor, see these. */
  private static final AtomicInteger FAILURES = new AtomicInteger();

  private static final CountDownLatch STARTED = new CountDownLatch(1);
  private static final AtomicBoolean SLOW = new AtomicBoolean(true);

  @TempDir private static Path folder;
  private static Dataset<Row> rows;

  @BeforeAll
  static void write() throws IOException {
    Customers customers = Customers.write(folder, 400);
    rows = customers.rows().repartition(8).cache();
    customers.model(folder.resolve("granted"), Customers.BINARY, false);
  }

  private static AttributionTransformer stage() {
    return AttributionTransformer.of(folder.resolve("granted").toString()).setIdCol("id");
  }

  private static List<Row> explained(AttributionTransformer stage, Dataset<Row> some) {
    return stage.transform(some).select("id", "attribution").orderBy("id").collectAsList();
  }

  @Test
  void isLoadedOnceForAllTasksAndStages() {
    long before = ExecutorModel.shared().opened();
    AttributionTransformer stage = stage().setBatchSize(99);
    explained(stage, rows);
    explained(stage.copy(new org.apache.spark.ml.param.ParamMap()), rows);
    explained(stage().setBatchSize(99), rows);
    assertThat(ExecutorModel.shared().opened()).isEqualTo(before + 1);
    assertThat(ExecutorModel.shared().inUse()).isZero();
    explained(stage().setBatchSize(98), rows);
    assertThat(ExecutorModel.shared().opened()).isEqualTo(before + 2);
  }

  @Test
  void aTaskThatFailedIsTriedAgainWithTheSameResult() {
    AttributionTransformer stage = stage();
    List<Row> expected = explained(stage, rows);
    FAILURES.set(0);
    Dataset<Row> failing =
        rows.filter((FilterFunction<Row>) row -> failOnce(row.<Long>getAs("id")));
    assertThat(explained(stage, failing)).isEqualTo(expected);
    assertThat(FAILURES).hasPositiveValue();
    assertThat(ExecutorModel.shared().inUse()).isZero();
  }

  private static boolean failOnce(long id) {
    if (id == 200 && TaskContext.get().attemptNumber() == 0) {
      FAILURES.incrementAndGet();
      throw new IllegalStateException("made to fail in the first attempt");
    }
    return true;
  }

  @Test
  void cancelledTasksGiveTheModelBack() throws Exception {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    SLOW.set(true);
    Dataset<Row> slow =
        stage()
            .setBatchSize(16)
            .transform(
                rows.filter((FilterFunction<Row>) row -> waitForTheEnd(row.<Long>getAs("id"))));
    var failed = new AtomicBoolean();
    Thread job =
        new Thread(
            () -> {
              context.setJobGroup("slow", "to be cancelled", true);
              try {
                slow.foreachPartition(
                    (org.apache.spark.api.java.function.ForeachPartitionFunction<Row>)
                        it -> it.forEachRemaining(row -> {}));
              } catch (Exception e) {
                failed.set(true);
              }
            });
    job.start();
    assertThat(STARTED.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(ExecutorModel.shared().inUse()).isPositive();
    context.cancelJobGroup("slow");
    job.join(LONG.toMillis());
    SLOW.set(false);
    assertThat(failed).isTrue();
    long end = System.nanoTime() + LONG.toNanos();
    while (ExecutorModel.shared().inUse() > 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(ExecutorModel.shared().inUse()).isZero();
  }

  /** The first batch of a task goes through. */
  private static boolean waitForTheEnd(long id) {
    if (ExecutorModel.shared().inUse() > 0 && id % 7 == 0) {
      STARTED.countDown();
      while (SLOW.get() && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
    }
    return true;
  }

  @Test
  void whatNobodyUsesIsClosed() throws InterruptedException {
    var opened = new AtomicInteger();
    var closed = new CountDownLatch(1);
    var leases = new Leases<AutoCloseable>("test", Duration.ofMillis(30));
    Leases.Lease<AutoCloseable> first =
        leases.lease(
            "key",
            () -> {
              opened.incrementAndGet();
              return closed::countDown;
            });
    Leases.Lease<AutoCloseable> second =
        leases.lease(
            "key",
            () -> {
              throw new AssertionError("it is open");
            });
    assertThat(second.get()).isSameAs(first.get());
    first.close();
    first.close();
    assertThat(leases.inUse()).isEqualTo(1);
    assertThat(closed.await(200, TimeUnit.MILLISECONDS)).isFalse();
    second.close();
    assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(opened).hasValue(1);
    // One that can't be opened is tried again by the next.
    assertThatThrownBy(
            () ->
                leases.lease(
                    "bad",
                    () -> {
                      throw new IllegalStateException("no room");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no room");
    leases.lease("bad", () -> () -> {}).close();
    assertThat(leases.opened()).isEqualTo(2);
  }

  @Test
  void anErrorOfLoadingIsSaidOnce() {
    assertThatThrownBy(
            () ->
                explained(
                    stage().setMemoryMegabytes(1).setSteps(1),
                    rows.filter(col("id").lt(3))
                        .withColumn("age", org.apache.spark.sql.functions.lit("?x"))))
        .hasStackTraceContaining("must be a number");
    assertThat(ExecutorModel.shared().inUse()).isZero();
  }
}
