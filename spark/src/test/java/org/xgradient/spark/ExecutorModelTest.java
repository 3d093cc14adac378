package org.xgradient.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
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
  void anErrorOfLoadingIsSaidOnce() throws Exception {
    Path damaged = folder.resolve("damaged");
    Customers.write(folder, 400).model(damaged, Customers.BINARY, false);
    try (Stream<Path> files = Files.walk(damaged)) {
      Path weights =
          files
              .filter(f -> f.getFileName().toString().contains(".data-"))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(weights);
      bytes[0] ^= 1;
      Files.write(weights, bytes);
    }
    assertThatThrownBy(() -> AttributionTransformer.of(damaged.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the model " + damaged + ": saved_model/variables/variables.data-")
        .hasMessageContaining("is damaged: its checksum must be");
    // What only the loaded model knows is said before there is a job, whose tasks would all say it.
    Path biased = Customers.write(folder, 400).model(folder.resolve("b"), Customers.BINARY, true);
    AttributionTransformer stage = AttributionTransformer.of(biased.toString()).setMethod("xg");
    long opened = ExecutorModel.shared().opened();
    assertThatThrownBy(() -> stage.transform(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not proven homogeneous");
    assertThat(ExecutorModel.shared().opened()).isEqualTo(opened);
    assertThat(ExecutorModel.shared().inUse()).isZero();
  }

  @Test
  void whoWaitsForWhatCannotBeOpenedGetsTheSameError() throws Exception {
    var leases = new Leases<AutoCloseable>("test", Duration.ofMillis(30));
    var opened = new AtomicInteger();
    var waiting = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> said = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        said.add(threads.submit(() -> errorOf(leases, opened, waiting)));
      }
      long end = System.nanoTime() + LONG.toNanos();
      while (leases.inUse() < 4 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      waiting.countDown();
      for (Future<String> one : said) {
        assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo("no room");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(opened).hasValue(1);
    assertThat(leases.inUse()).isZero();
  }

  private static String errorOf(
      Leases<AutoCloseable> leases, AtomicInteger opened, CountDownLatch waiting) {
    try {
      leases.lease(
          "key",
          () -> {
            opened.incrementAndGet();
            Uninterruptibles.awaitUninterruptibly(waiting);
            throw new IllegalStateException("no room");
          });
      return "none";
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
