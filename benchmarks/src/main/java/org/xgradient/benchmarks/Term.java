package org.xgradient.benchmarks;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;

/**
 * One side of a ratio: a workload, or several runs of it, as in {@code 128xW1.gradient}.
 *
 * @param times how many runs, at least 1
 * @param benchmark the workload
 */
record Term(int times, Benchmark benchmark) {

  private static final Pattern SYNTAX = Pattern.compile("(?:([1-9][0-9]{0,5})x)?([^x].*)");

  /**
   * Reads a term.
   *
   * @param text a name, or a number, {@code x} and a name
   * @throws IllegalArgumentException if it is none, or there is no such workload
   */
  static Term parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    checkArgument(
        matcher.matches(),
        "a side of a ratio must be a workload, or a number, x and a workload, found '%s'",
        text);
    int times = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
    return new Term(times, Benchmarks.named(matcher.group(2)));
  }

  /** Makes the runs ready. */
  Workload prepare(GraphSession session) {
    Workload once = benchmark.setup().prepare(session);
    return () -> {
      FloatArray fetched = once.run();
      for (int i = 1; i < times; i++) {
        fetched = once.run();
      }
      return fetched;
    };
  }
}
