package org.xgradient.report.progress;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.xgradient.report.text.SafeText;

/**
 * One piece of work of a {@link ProgressReporter}. Several threads may report to it; once it is
 * closed, what they report is ignored.
 */
public final class ProgressTask implements AutoCloseable {

  private final ProgressBar bar;
  private final Consumer<ProgressTask> onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  ProgressTask(ProgressBar bar, Consumer<ProgressTask> onClose) {
    this.bar = bar;
    this.onClose = onClose;
  }

  /** Reports that one more unit is done. */
  public void step() {
    advance(1);
  }

  /**
   * Reports that some more units are done.
   *
   * @param units how many
   */
  public void advance(long units) {
    if (!closed.get()) {
      bar.stepBy(units);
    }
  }

  /**
   * Reports how many units are done altogether.
   *
   * @param done how many
   */
  public void advanceTo(long done) {
    if (!closed.get()) {
      bar.stepTo(done);
    }
  }

  /**
   * Shows what is going on, behind the numbers.
   *
   * @param text a few words, such as the present loss
   */
  public void note(String text) {
    if (!closed.get()) {
      bar.setExtraMessage(" " + SafeText.of(text));
    }
  }

  /** {@return how many units are done} */
  public long done() {
    return bar.getCurrent();
  }

  /** Ends the task; a second call does nothing. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    onClose.accept(this);
    // The library waits for its last line, and forgets an interruption that comes meanwhile.
    boolean interrupted = Thread.interrupted();
    bar.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
