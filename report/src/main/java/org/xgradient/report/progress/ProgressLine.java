package org.xgradient.report.progress;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;
import org.xgradient.report.text.Numbers;

/** Writes the state of one task as a sentence, for a stream that is not a terminal. */
final class ProgressLine implements ProgressBarRenderer {

  private final Duration quiet;
  private final String unit;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * Lines about a task.
   *
   * @param quiet how long a task must have run before it is worth a line, unless it is at its end
   * @param unit what is counted, in the plural
   */
  ProgressLine(Duration quiet, String unit) {
    this.quiet = quiet;
    this.unit = unit;
  }

  @Override
  public String render(ProgressState state, int maxLength) {
    Duration elapsed = state.getElapsedAfterStart();
    if (!state.isAlive()) {
      // The library asks twice at the end.
      return ended.getAndSet(true) ? "" : finished(state, elapsed);
    }
    return elapsed.compareTo(quiet.dividedBy(2)) < 0 ? "" : running(state, elapsed);
  }

  private String running(ProgressState state, Duration elapsed) {
    long done = state.getCurrent();
    double seconds = elapsed.toNanos() / 1e9;
    StringBuilder line = new StringBuilder(state.getTaskName()).append(": ");
    if (state.isIndefinite()) {
      line.append(Numbers.count(done)).append(' ').append(units(done));
    } else {
      line.append(Numbers.percent((double) done / Math.max(1, state.getMax())))
          .append(", ")
          .append(Numbers.count(done))
          .append(" of ")
          .append(Numbers.count(state.getMax()))
          .append(' ')
          .append(units(state.getMax()));
    }
    if (done > 0) {
      line.append(", ").append(Numbers.significant(done / seconds, 3)).append(" per s");
    }
    if (done > 0 && !state.isIndefinite()) {
      Duration left = Duration.ofSeconds(Math.round(seconds * (state.getMax() - done) / done));
      line.append(", ").append(Numbers.duration(left)).append(" left");
    }
    return note(line, state);
  }

  private String finished(ProgressState state, Duration elapsed) {
    boolean early = !state.isIndefinite() && state.getCurrent() < state.getMax();
    StringBuilder line =
        new StringBuilder(state.getTaskName())
            .append(early ? ": ended after " : ": ")
            .append(Numbers.count(state.getCurrent()))
            .append(early ? " of " + Numbers.count(state.getMax()) : "")
            .append(' ')
            .append(units(early ? state.getMax() : state.getCurrent()))
            .append(" in ")
            .append(Numbers.duration(elapsed));
    return note(line, state);
  }

  private String units(long count) {
    return count == 1 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
  }

  private static String note(StringBuilder line, ProgressState state) {
    String note = state.getExtraMessage().strip();
    return note.isEmpty() ? line.toString() : line.append(" (").append(note).append(')').toString();
  }
}
