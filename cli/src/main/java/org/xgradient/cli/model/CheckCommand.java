package org.xgradient.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
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
      loaded.notes().forEach(note -> System.out.println("note: " + note));
      return check(loaded);
    }
  }

  private static int check(BoundModel loaded) {
    if (RowIndependence.of(loaded) instanceof Mixed mixed) {
      System.out.printf(
          "the rows of a batch know each other, so that no method can explain one by itself: %d"
              + " operations join them%n",
          mixed.findings().size());
      mixed.findings().forEach(finding -> System.out.println("  " + finding));
      return NOT_PROVEN;
    }
    ForwardPass pass = ForwardPass.ofInference(loaded);
    if (Homogeneity.of(loaded) instanceof Proven proven) {
      return report(proven, "whatever the values of the variables");
    }
    Homogeneity homogeneity = Homogeneity.of(pass, loaded.session());
    if (homogeneity instanceof Proven proven) {
      return report(
          proven, "for the present values of the variables; strip-bias makes it so for all");
    }
    var offenders = ((NotProven) homogeneity).offenders();
    System.out.printf("not proven homogeneous: %d operations stand in the way%n", offenders.size());
    for (Offender offender : offenders) {
      System.out.println("  " + offender);
    }
    return NOT_PROVEN;
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
                + " the inputs, and the attributions would sum to 0; use Integrated Gradients"
            : "X-Gradient does not apply: it needs a degree of at least 1; use Integrated"
                + " Gradients");
    return NOT_PROVEN;
  }
}
