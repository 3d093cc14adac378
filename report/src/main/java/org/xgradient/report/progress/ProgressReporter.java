package org.xgradient.report.progress;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.xgradient.report.text.SafeText;

/**
 * Shows how far long work has come, on the standard error stream: bars on a terminal, and a plain
 * line every few seconds elsewhere, such as in a log.
 *
 * <pre>{@code
 * try (ProgressReporter progress = ProgressReporter.forConsole(System.err::println);
 *     ProgressTask task = progress.start("training", 100, "epochs")) {
 *   ...
 *   task.step();
 * }
 * }</pre>
 *
 * <p>Tasks may follow or contain one another. Closing the reporter closes what is still open.
 */
public final class ProgressReporter implements AutoCloseable {

  private static final Duration BAR_INTERVAL = Duration.ofMillis(200);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);
  private static final int MOST_WIDTH = 110;

  /** Given, for the library asks the terminal by a process of its own else. */
  private static final int LINE_WIDTH = 200;

  private final Function<String, ProgressBarBuilder> style;
  private final Deque<ProgressTask> open = new ArrayDeque<>();
  private boolean closed;

  private ProgressReporter(Function<String, ProgressBarBuilder> style) {
    this.style = style;
  }

  /**
   * Bars if the standard error stream is a terminal, lines if it isn't.
   *
   * @param errors writes a line to the standard error stream
   * @return the reporter
   */
  public static ProgressReporter forConsole(Consumer<String> errors) {
    return forConsole(errors, errorIsTerminal());
  }

  /**
   * Bars on a terminal, lines elsewhere, where the caller knows which it is.
   *
   * @param errors writes a line to the standard error stream
   * @param terminal whether that is a terminal
   * @return the reporter
   */
  public static ProgressReporter forConsole(Consumer<String> errors, boolean terminal) {
    return terminal && !"dumb".equals(System.getenv("TERM"))
        ? bars()
        : lines(errors, LINE_INTERVAL);
  }

  /** {@return a reporter that shows nothing} */
  public static ProgressReporter silent() {
    return new ProgressReporter(
        unit ->
            new ProgressBarBuilder()
                .setRenderer((state, width) -> "")
                .setConsumer(new DelegatingProgressBarConsumer(line -> {}, LINE_WIDTH)));
  }

  /**
   * Plain lines, in which a task shows up only if it takes longer than the interval, or when it
   * ends.
   *
   * @param out writes a line
   * @param interval the time between two lines of a task
   * @return the reporter
   */
  public static ProgressReporter lines(Consumer<String> out, Duration interval) {
    return new ProgressReporter(
        unit ->
            new ProgressBarBuilder()
                .setUpdateIntervalMillis((int) interval.toMillis())
                .continuousUpdate()
                .setRenderer(new ProgressLine(interval, unit))
                .setConsumer(
                    new DelegatingProgressBarConsumer(
                        line -> {
                          if (!line.isEmpty()) {
                            out.accept(line);
                          }
                        },
                        LINE_WIDTH)));
  }

  private static ProgressReporter bars() {
    return new ProgressReporter(
        unit ->
            new ProgressBarBuilder()
                .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis())
                .setStyle(barStyle())
                .setMaxRenderedLength(MOST_WIDTH)
                .showSpeed());
  }

  /**
   * Starts a task.
   *
   * @param name what is done
   * @param total how many units there are to do; negative if unknown
   * @param unit what is counted, in the plural, such as "epochs"
   * @return the task, to be closed when it ends
   * @throws IllegalStateException if this reporter is closed
   */
  public synchronized ProgressTask start(String name, long total, String unit) {
    checkState(!closed, "task '%s' must start before the progress reporter is closed", name);
    ProgressBar bar =
        style
            .apply(unit)
            .setTaskName(SafeText.of(name))
            .setInitialMax(Math.max(-1, total))
            .setUnit(" " + unit, 1)
            .build();
    ProgressTask task = new ProgressTask(bar, this::forget);
    open.push(task);
    return task;
  }

  /** Ends all tasks that are still open, the last one first. */
  @Override
  public void close() {
    for (ProgressTask task : takeOpen()) {
      task.close();
    }
  }

  private synchronized ImmutableList<ProgressTask> takeOpen() {
    closed = true;
    ImmutableList<ProgressTask> tasks = ImmutableList.copyOf(open);
    open.clear();
    return tasks;
  }

  private synchronized void forget(ProgressTask task) {
    open.remove(task);
  }

  private static ProgressBarStyle barStyle() {
    return Charset.defaultCharset().newEncoder().canEncode('█')
        ? ProgressBarStyle.UNICODE_BLOCK
        : ProgressBarStyle.ASCII;
  }

  /** Java 17 can tell only for input and output together. */
  private static boolean errorIsTerminal() {
    return new ExecTerminalProvider().isSystemStream(SystemStream.Error);
  }
}
