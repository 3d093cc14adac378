package org.xgradient.cli.demo;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.xgradient.report.text.Numbers;

/** How long each stage of the demo took. */
final class Stopwatches {

  private final Map<String, Duration> stages = new LinkedHashMap<>();

  /** Work that may fail to read or write. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Does work, and adds its time to that of a stage. */
  void time(String stage, Work work) throws IOException {
    Stopwatch watch = Stopwatch.createStarted();
    try {
      work.run();
    } finally {
      stages.merge(stage, watch.elapsed(), Duration::plus);
    }
  }

  /** Moves some time from one stage to another that was measured inside it. */
  void split(String from, String to, double seconds) {
    Duration part = Duration.ofNanos((long) (1e9 * seconds));
    stages.merge(from, part.negated(), Duration::plus);
    stages.merge(to, part, Duration::plus);
  }

  ImmutableMap<String, Duration> stages() {
    return ImmutableMap.copyOf(stages);
  }

  double total() {
    return stages.values().stream().mapToDouble(d -> d.toNanos() / 1e9).sum();
  }

  @Override
  public String toString() {
    return stages.entrySet().stream()
        .map(stage -> stage.getKey() + " " + Numbers.duration(stage.getValue()))
        .collect(Collectors.joining(", "));
  }
}
