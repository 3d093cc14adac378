package org.xgradient.benchmarks;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.json.Json;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.runtime.ResidentMemory;

/** Measures in this process, which should do nothing else. */
final class Runs {

  private Runs() {}

  /** Measures one workload. */
  static String measure(Benchmark benchmark, Protocol protocol) {
    try (var session = GraphSession.open()) {
      load(session);
      OptionalLong loaded = ResidentMemory.nowMegabytes();
      Workload workload = benchmark.setup().prepare(session);
      // The garbage of building is not what the work takes; a collection gives it back.
      System.gc();
      ResidentMemory.resetPeak();
      // Work that changes its state, as training does, fetches something else the next time.
      BigDecimal checksum = Checksum.of(workload.run());
      protocol.warmUp(workload);
      Timing times = protocol.measure(workload);

      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("peer", "xgradient");
      fields.put("workload", benchmark.name());
      int units = benchmark.units();
      fields.put("median_s", Timing.rounded(times.median() / units));
      fields.put("min_s", Timing.rounded(times.min() / units));
      fields.put("max_s", Timing.rounded(times.max() / units));
      fields.put("reps", times.repetitions());
      ResidentMemory.peakMegabytes().ifPresent(peak -> fields.put("peak_rss_mb", peak));
      loaded.ifPresent(megabytes -> fields.put("loaded_rss_mb", megabytes));
      fields.put("threads", Runtime.getRuntime().availableProcessors());
      if (benchmark.gigaFlop() > 0) {
        fields.put("gflop_per_s", Timing.rounded(benchmark.gigaFlop() * units / times.median()));
      }
      fields.put("checksum", checksum);
      fields.put("params", benchmark.params());
      return Json.line(fields);
    }
  }

  /** Compares two workloads. */
  static String compare(String numerator, String denominator, Protocol protocol) {
    try (var session = GraphSession.open()) {
      Workload first = Term.parse(numerator).prepare(session);
      Workload second = Term.parse(denominator).prepare(session);
      Timing ratios = SideBySide.ratios(first, second, protocol);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("ratio", numerator + " / " + denominator);
      fields.put("median", Timing.rounded(ratios.median()));
      fields.put("min", Timing.rounded(ratios.min()));
      fields.put("max", Timing.rounded(ratios.max()));
      fields.put("rounds", ratios.repetitions());
      Goal.of(numerator, denominator)
          .ifPresent(
              goal -> {
                fields.put("limit", goal.limit());
                fields.put("kept", ratios.median() <= goal.limit());
              });
      return Json.line(fields);
    }
  }

  /** Loads TensorFlow's libraries and starts its threads. */
  private static void load(GraphSession session) {
    Operand<TFloat32> constant = session.ops().constant(1f);
    session.run(Feeds.none(), constant);
  }
}
