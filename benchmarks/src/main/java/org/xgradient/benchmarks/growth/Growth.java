package org.xgradient.benchmarks.growth;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.XGradient;
import org.xgradient.benchmarks.command.CommandBench;
import org.xgradient.benchmarks.command.CommandBench.Measured;
import org.xgradient.benchmarks.command.CommandWork;
import org.xgradient.benchmarks.command.CommandWork.Command;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.training.image.ImageNetwork;

/** Measures how costs grow. */
public final class Growth {

  private static final int[] ROWS = {1000, 10_000, 100_000, 1_000_000};
  private static final int[] COLUMNS = {50, 500, 5000};
  private static final int[] STEPS = {16, 32, 64, 128, 256, 512};
  private static final int[] SIDES = {32, 64, 128, 256};
  private static final int[] BATCHES = {1, 10, 100, 1000, 10_000};

  private static final int FEATURES = 118;
  private static final int USUAL_COLUMNS = 20;
  private static final int FEW_ROWS = 1000;
  private static final int BATCH = 100;
  private static final int MIN_RUNS = 3;

  private final double seconds;
  private final ProgressTask progress;

  private Growth(double seconds, ProgressTask progress) {
    this.seconds = seconds;
    this.progress = progress;
  }

  /**
   * Measures, and writes a page.
   *
   * @param page the page
   * @param seconds how long to measure at each size, at least three times in any case
   * @param errors where the progress goes
   * @return what was measured, as text
   */
  public static String write(Path page, double seconds, Consumer<String> errors)
      throws IOException, InterruptedException {
    int sizes = ROWS.length + COLUMNS.length + STEPS.length + SIDES.length + BATCHES.length;
    try (ProgressReporter reporter = ProgressReporter.forConsole(errors);
        ProgressTask progress = reporter.start("measuring", sizes, "sizes")) {
      Growth growth = new Growth(seconds, progress);
      List<GrowthLine> lines = new ArrayList<>();
      lines.add(growth.steps());
      lines.add(growth.batches());
      lines.add(growth.pixels());
      try (CommandBench commands = new CommandBench()) {
        lines.add(
            growth.commands(
                commands,
                "attribute, table of %d columns".formatted(USUAL_COLUMNS),
                "rows",
                ROWS,
                rows -> new CommandWork("", Command.ATTRIBUTE, rows, USUAL_COLUMNS)));
        lines.add(
            growth.commands(
                commands,
                "attribute, table of %d rows".formatted(FEW_ROWS),
                "columns",
                COLUMNS,
                columns -> new CommandWork("", Command.ATTRIBUTE, FEW_ROWS, columns)));
      }
      GrowthPage shown = new GrowthPage(ImmutableList.copyOf(lines));
      shown.write(page);
      return shown.text();
    }
  }

  private GrowthLine steps() {
    return inProcess(
        "Integrated Gradients, %d rows, multi-layer perceptron".formatted(BATCH),
        "steps",
        STEPS,
        steps ->
            new Work(
                mlp(),
                IntegratedGradients.withDefaults().withQuadrature(Quadrature.gaussLegendre(steps)),
                BATCH));
  }

  private GrowthLine batches() {
    return inProcess(
        "X-Gradient, multi-layer perceptron",
        "rows of a call",
        BATCHES,
        rows -> new Work(mlp().withoutBiases(), new XGradient(), rows));
  }

  private GrowthLine pixels() {
    GrowthLine bySide =
        inProcess(
            "X-Gradient, one image, convolutional network",
            "pixels",
            SIDES,
            side ->
                new Work(ImageNetwork.named("x-convnet", 10, side).network(), new XGradient(), 1));
    double[] pixels = bySide.sizes().stream().map(side -> side * side).toArray();
    return new GrowthLine(
        bySide.work(),
        bySide.size(),
        ImmutableDoubleArray.copyOf(pixels),
        bySide.seconds(),
        bySide.megabytes());
  }

  private static Network mlp() {
    return Networks.mlp(FEATURES, 1, 512, 128, 32);
  }

  /** Rows of normal numbers that are explained. */
  private record Work(Network network, AttributionMethod method, int rows) {}

  private GrowthLine inProcess(String name, String size, int[] sizes, IntFunction<Work> work) {
    double[] times = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      times[i] = seconds(work.apply(sizes[i]));
      progress.advance(1);
    }
    return new GrowthLine(
        name, size, doubles(sizes), ImmutableDoubleArray.copyOf(times), ImmutableDoubleArray.of());
  }

  private double seconds(Work work) {
    try (GraphSession session = GraphSession.open()) {
      var model = work.network().build(session, 1);
      Attributor attributor =
          Attributor.of(
              model, work.method(), AttributorOptions.withDefaults().withTarget(Target.index(0)));
      int[] shape = new int[1 + model.inputShape().length()];
      shape[0] = work.rows();
      for (int i = 1; i < shape.length; i++) {
        shape[i] = model.inputShape().get(i - 1);
      }
      FloatArray inputs = FloatArray.zeros(shape);
      DataRandom random = new DataRandom(1);
      for (int i = 0; i < inputs.size(); i++) {
        inputs.values()[i] = (float) random.nextGaussian();
      }
      attributor.attribute(inputs);
      List<Double> times = new ArrayList<>();
      long begin = System.nanoTime();
      while (times.size() < MIN_RUNS || since(begin) < seconds) {
        long start = System.nanoTime();
        attributor.attribute(inputs);
        times.add(since(start));
      }
      return StatUtils.percentile(times.stream().mapToDouble(Double::doubleValue).toArray(), 50);
    }
  }

  private static double since(long nanoTime) {
    return (System.nanoTime() - nanoTime) * 1e-9;
  }

  private GrowthLine commands(
      CommandBench commands, String name, String size, int[] sizes, IntFunction<CommandWork> work)
      throws IOException, InterruptedException {
    double[] times = new double[sizes.length];
    double[] megabytes = new double[sizes.length];
    boolean known = true;
    for (int i = 0; i < sizes.length; i++) {
      Measured measured = commands.measure(work.apply(sizes[i]), seconds);
      times[i] = measured.median();
      known &= measured.peakMegabytes().isPresent();
      megabytes[i] = measured.peakMegabytes().orElse(0);
      progress.advance(1);
    }
    return new GrowthLine(
        name,
        size,
        doubles(sizes),
        ImmutableDoubleArray.copyOf(times),
        known ? ImmutableDoubleArray.copyOf(megabytes) : ImmutableDoubleArray.of());
  }

  private static ImmutableDoubleArray doubles(int... sizes) {
    return ImmutableDoubleArray.copyOf(Arrays.stream(sizes).asDoubleStream());
  }
}
