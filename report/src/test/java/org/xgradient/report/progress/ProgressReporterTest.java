package org.xgradient.report.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void aShortTaskIsOneLineAtItsEnd() {
    try (ProgressReporter progress = ProgressReporter.lines(out::println, LONG);
        ProgressTask task = progress.start("training", 1500, "epochs")) {
      task.advance(1499);
      task.note("loss 0.31");
      task.step();
      assertThat(lines()).isEmpty();
    }

    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0))
        .matches("training: 1,500 epochs in [0-9.]+ [mµ]?s \\(loss 0\\.31\\)");
  }

  @Test
  void aLongTaskTellsRateAndTimeLeft() throws InterruptedException {
    try (ProgressReporter progress = ProgressReporter.lines(out::println, Duration.ofMillis(20));
        ProgressTask task = progress.start("training", 4, "epochs")) {
      task.step();
      waitForALine();
      task.advanceTo(4);
    }

    assertThat(lines().get(0))
        .matches("training: 25\\.0 %, 1 of 4 epochs, [0-9.]+ per s, [0-9]+ s left");
    assertThat(lines().get(lines().size() - 1)).startsWith("training: 4 epochs in ");
  }

  @Test
  void aTaskOfUnknownLengthCounts() throws InterruptedException {
    try (ProgressReporter progress = ProgressReporter.lines(out::println, Duration.ofMillis(20));
        ProgressTask task = progress.start("reading", -1, "rows")) {
      task.advance(7);
      waitForALine();
    }

    assertThat(lines().get(0)).matches("reading: 7 rows, [0-9.]+ per s");
  }

  @Test
  void oneIsNoPlural() {
    try (ProgressReporter progress = ProgressReporter.lines(out::println, LONG)) {
      try (ProgressTask task = progress.start("predicting", -1, "rows")) {
        task.step();
      }
      try (ProgressTask task = progress.start("training", 1, "epochs")) {
        task.note("at the first");
      }
    }

    assertThat(lines().get(0)).startsWith("predicting: 1 row in ");
    assertThat(lines().get(1)).startsWith("training: ended after 0 of 1 epoch in ");
  }

  @Test
  void aTaskThatEndsEarlySaysSo() {
    try (ProgressReporter progress = ProgressReporter.lines(out::println, LONG);
        ProgressTask task = progress.start("training", 10, "epochs")) {
      task.advance(3);
    }

    assertThat(lines().get(0)).startsWith("training: ended after 3 of 10 epochs in ");
  }

  @Test
  void closingTheReporterEndsWhatIsOpenInnermostFirst() {
    ProgressReporter progress = ProgressReporter.lines(out::println, LONG);
    ProgressTask outer = progress.start("seeds", 2, "seeds");
    ProgressTask inner = progress.start("training", 5, "epochs");
    inner.step();

    progress.close();
    progress.close();
    inner.close();
    outer.step();

    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).startsWith("training: ended after 1 of 5");
    assertThat(lines().get(1)).startsWith("seeds: ended after 0 of 2");
    assertThat(outer.done()).isZero();
    assertThatThrownBy(() -> progress.start("late", 1, "steps"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("task 'late' must start before the progress reporter is closed");
  }

  @Test
  void anInterruptionSurvivesTheClose() {
    try (ProgressReporter progress = ProgressReporter.lines(out::println, LONG)) {
      ProgressTask task = progress.start("training", 5, "epochs");
      Thread.currentThread().interrupt();
      task.close();
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(lines()).hasSize(1);
  }

  @Test
  void aSilentReporterStillCounts() {
    try (ProgressReporter progress = ProgressReporter.silent();
        ProgressTask task = progress.start("training", 5, "epochs")) {
      task.advance(3);
      assertThat(task.done()).isEqualTo(3);
    }
  }

  /** The library prints from a thread of its own; ten seconds is far more than it needs. */
  private void waitForALine() throws InterruptedException {
    for (int i = 0; i < 1000 && lines().isEmpty(); i++) {
      Thread.sleep(10);
    }
  }

  private List<String> lines() {
    return bytes.toString(UTF_8).lines().toList();
  }
}
