package org.xgradient.benchmarks.campaign.load;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.ResidentMemory;
import org.xgradient.metrics.masking.MaskingEvaluation;
import org.xgradient.metrics.masking.MaskingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code campaign memory}. */
@Command(
    name = "memory",
    description =
        "Attributes images on X-AlexNet, and evaluates attributions, under memory budgets, each in a"
            + " process of its own. Resident memory must not grow by more than the budget and a"
            + " tenth over what it is after one image.")
public final class MemoryCommand implements Callable<Integer> {

  /** What is done. */
  enum Work {
    XG,
    IG,
    EG,
    MASKING
  }

  @Option(
      names = "--budgets",
      split = ",",
      defaultValue = "512,1024",
      description = "Budgets in MB.")
  private List<Integer> budgets = List.of();

  @Option(names = "--work", split = ",", description = "${COMPLETION-CANDIDATES} (default: all).")
  private List<Work> works = Arrays.asList(Work.values());

  @Option(names = "--images", defaultValue = "32", description = "Images in a call.")
  private int images;

  @Option(names = "--here", hidden = true, description = "Run in this process.")
  private boolean here;

  @Spec private @Nullable CommandSpec spec;

  private static final int SIDE = 224;
  private static final int POINTS = 16;
  private static final int REFERENCES = 8;
  private static final double TOLERANCE = 0.1;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    if (here) {
      return run(works.get(0), budgets.get(0), out) ? 0 : 1;
    }
    int code = 0;
    for (int budget : budgets) {
      for (Work work : works) {
        code |= runChild(work, budget);
      }
    }
    return code;
  }

  private int runChild(Work work, int budget) throws IOException, InterruptedException {
    // A heap of a fixed size, so that what grows is TensorFlow's.
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                requireNonNull(spec).root().userObject().getClass().getName(),
                "memory",
                "--here",
                "--work=" + work,
                "--budgets=" + budget,
                "--images=" + images))
        .inheritIO()
        .start()
        .waitFor();
  }

  private boolean run(Work work, int budget, PrintWriter out) {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.alexNet(1000).withoutBiases().build(session, 1);
      Consumer<FloatArray> runner = runner(work, model, (long) budget << 20);
      FloatArray inputs = noise(images);
      runner.accept(inputs.rows(0, 1));
      long before = ResidentMemory.nowMegabytes().orElse(0);
      ResidentMemory.resetPeak();
      runner.accept(inputs);
      long growth = ResidentMemory.peakMegabytes().orElse(0) - before;
      boolean kept = growth <= (1 + TOLERANCE) * budget;
      out.printf(
          "%s of %d images, budget %d MB: resident memory grew by %d MB over %d MB (%s)%n",
          work, images, budget, growth, before, kept ? "kept" : "exceeded");
      out.flush();
      return kept;
    }
  }

  private static Consumer<FloatArray> runner(Work work, BoundModel model, long budget) {
    AttributorOptions runs =
        AttributorOptions.withDefaults().withTarget(Target.index(0)).withMemoryBudget(budget);
    Attributor attributor = Attributor.of(model, method(work), runs);
    if (work != Work.MASKING) {
      return attributor::attribute;
    }
    var evaluation =
        MaskingEvaluation.of(model, MaskingOptions.withDefaults().withMemoryBudget(budget));
    return inputs -> {
      FloatArray found = attributor.attribute(inputs).values();
      evaluation.evaluate(inputs, new int[inputs.rows()], ImmutableMap.of("xg", found));
    };
  }

  private static AttributionMethod method(Work work) {
    return switch (work) {
      case XG, MASKING -> new XGradient();
      case IG ->
          IntegratedGradients.withDefaults().withQuadrature(Quadrature.gaussLegendre(POINTS));
      case EG -> new ExpectedGradients(ReferenceDistribution.uniform(noise(REFERENCES)), POINTS);
    };
  }

  private static FloatArray noise(int images) {
    FloatArray inputs = FloatArray.zeros(images, SIDE, SIDE, 3);
    DataRandom random = new DataRandom(5);
    for (int i = 0; i < inputs.size(); i++) {
      inputs.values()[i] = (float) random.nextGaussian();
    }
    return inputs;
  }
}
