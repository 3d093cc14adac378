package org.xgradient.cli.model;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Gradient;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Model;
import org.xgradient.graph.Target;
import org.xgradient.graph.savedmodel.LoadedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code xgradient probe}: what {@link SafeLoading} runs in a process of its own. */
@Command(
    name = "probe",
    hidden = true,
    description = "Load a model, and run it and its gradient once on zeros.")
public final class ProbeCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Directory of a model of xgradient's, or any SavedModel.")
  private Path model;

  @Mixin private SavedModelOptions savedModel;

  @SuppressWarnings("NullAway.Init")
  ProbeCommand() {}

  @Override
  public Integer call() {
    ProbeFacts.lines(model).forEach(System.out::println);
    try (LoadedModel loaded = ModelPaths.load(model, savedModel)) {
      try {
        Attributor.of(
                loaded,
                new Gradient(),
                AttributorOptions.withDefaults().withTarget(Target.index(0)))
            .attribute(zeros(loaded.model()));
      } catch (RuntimeException e) {
        // Not every model has a gradient. What counts is that the process goes on.
        LoggerFactory.getLogger(ProbeCommand.class).debug("the gradient of {} fails", model, e);
      }
    }
    return 0;
  }

  private static FloatArray zeros(Model model) {
    return FloatArray.zeros(
        ImmutableIntArray.builder().add(1).addAll(model.inputShape()).build().toArray());
  }
}
