package org.xgradient.cli.model;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Gradient;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.ModelInput.Role;
import org.xgradient.graph.Target;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.homogeneity.Homogeneity.Offender;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.rows.RowIndependence.Mixed;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.model.ModelKind;
import org.xgradient.training.text.TextModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code xgradient check}. */
@Command(
    name = "check",
    description = {
      "Prove that a model is homogeneous, so that X-Gradient is exact, or list what stands in the"
          + " way.",
      "Exit code 0 with a proof of degree 1 or more, which X-Gradient needs; 3 otherwise."
    },
    sortOptions = false)
public final class CheckCommand implements Callable<Integer> {

  private static final int NOT_PROVEN = 3;

  private static final ImmutableMap<Role, String> WORDS =
      ImmutableMap.of(
          Role.EXPLAINED, "explained",
          Role.FIXED, "held fixed",
          Role.SOURCE, "explained at a tensor behind it",
          Role.UNUSED, "not used by the output");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Directory of a model of xgradient's, or any SavedModel.")
  private Path model;

  @Mixin private SafeLoading loading;

  @SuppressWarnings("NullAway.Init")
  CheckCommand() {}

  @Override
  public Integer call() throws IOException {
    if (ModelDirectory.exists(model) && ModelDirectory.kind(model) == ModelKind.TEXT) {
      // It is built here, of weights: there is no graph of others to guard against.
      try (TextModel text = TextModel.load(model)) {
        System.out.println("explained: the embeddings of the words");
        return check(text.model());
      }
    }
    try (LoadedModel loaded = loading.load(model)) {
      say(loaded);
      return check(loaded);
    }
  }

  private static int check(BoundModel loaded) {
    if (RowIndependence.of(loaded) instanceof Mixed mixed) {
      System.out.printf(
          "the rows of a batch know each other, so that no method can explain one by itself: %d"
              + " %s them%n",
          mixed.findings().size(),
          mixed.findings().size() == 1 ? "operation joins" : "operations join");
      mixed.findings().forEach(finding -> System.out.println("  " + finding));
      return NOT_PROVEN;
    }
    Homogeneity homogeneity = Homogeneity.of(loaded);
    if (homogeneity instanceof Proven proven) {
      int code = report(proven, "whatever the values of the variables");
      Optional<String> obstacle = obstacle(loaded);
      obstacle.ifPresent(reason -> System.out.println("but no method applies: " + reason));
      return obstacle.isPresent() ? NOT_PROVEN : code;
    }
    var offenders = ((NotProven) homogeneity).offenders();
    System.out.printf(
        "not proven homogeneous: %d operation%s in the way%s%n",
        offenders.size(),
        offenders.size() == 1 ? " stands" : "s stand",
        Offender.list(offenders).replace("\n", System.lineSeparator()));
    sayOfPresentValues(loaded);
    System.out.println(advice(loaded));
    return NOT_PROVEN;
  }

  /** What attribute needs holds whatever the values; what holds for these is one command away. */
  private static void sayOfPresentValues(BoundModel loaded) {
    // What is held fixed has no values here, on which a proof for the present ones could rest.
    if (!loaded.hasFixedInputs()
        && Homogeneity.of(ForwardPass.ofInference(loaded), loaded.session())
            instanceof Proven proven) {
      System.out.printf(
          "with the present values of its variables it is homogeneous of degree %s, but changed"
              + " ones would undo that; strip-bias writes the model without what stands in the way,"
              + " and X-Gradient explains that one%n",
          proven.degree());
    }
  }

  /** What to do without a proof, tried before it is said. */
  private static String advice(BoundModel loaded) {
    return obstacle(loaded)
        .map("no method applies: "::concat)
        .orElse("Integrated Gradients applies, which attribute takes by itself (--method auto)");
  }

  /** Why there is no gradient, on which every method rests; empty if there is one. */
  private static Optional<String> obstacle(BoundModel loaded) {
    try {
      Attributor.of(
          loaded, new Gradient(), AttributorOptions.withDefaults().withTarget(Target.index(0)));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** What was found of the model. */
  private static void say(LoadedModel loaded) {
    for (ModelInput input : loaded.inputs()) {
      System.out.printf(
          "input %s: %s %s of an example, %s%n",
          input.name(),
          input.kind().name().toLowerCase(Locale.ROOT),
          input.shape().isEmpty() ? "(one)" : input.shape(),
          WORDS.get(input.role()));
    }
    System.out.printf("output %s: %s%n", loaded.output().name(), loaded.output().shape());
    loaded.notes().forEach(note -> System.out.println("note: " + note));
  }

  /** Prints a proof, and returns the exit code. */
  static int report(Proven proven, String scope) {
    System.out.printf(
        "homogeneous of degree %s: proven over %d operations, %s%n",
        proven.degree(), proven.path().size(), scope);
    if (proven.degree() >= 1) {
      return 0;
    }
    System.out.println(
        proven.degree() == 0
            ? "X-Gradient does not apply: of degree 0, the outputs do not change with the scale of"
                + " the inputs, and the attributions would sum to 0; use Integrated Gradients from"
                + " another baseline than zero (--baseline mean)"
            : "X-Gradient does not apply: it needs a degree of at least 1; use Integrated"
                + " Gradients");
    return NOT_PROVEN;
  }
}
