package org.xgradient.cli.model;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.text.TextModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xgradient export}. */
@Command(
    name = "export",
    description = {
      "Write a model directory anew, with another method in its attribution signature.",
      "DIR/saved_model is a SavedModel that plain TensorFlow loads: serving_default (inputs ->"
          + " logits, probabilities) and attribution (inputs, target -> attribution, logits). Of texts"
          + " the inputs are tokens, the numbers of words, and the attribution has one number a word."
    },
    sortOptions = false)
public final class ExportCommand implements Callable<Integer> {

  private static final ImmutableSet<MethodOption> METHODS =
      Sets.immutableEnumSet(
          MethodOption.XG,
          MethodOption.IG,
          MethodOption.GRAD,
          MethodOption.SALIENCY,
          MethodOption.IXG,
          MethodOption.RRR);

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the new model.")
  private Path out;

  @Option(
      names = "--method",
      defaultValue = "xg",
      paramLabel = "METHOD",
      description =
          "Method of the attribution signature: xg, ig, grad, saliency, ixg or rrr (default:"
              + " ${DEFAULT-VALUE}).")
  private MethodOption method;

  @Spec private CommandSpec spec;

  @Option(
      names = "--steps",
      defaultValue = "" + IntegratedGradients.DEFAULT_STEPS,
      description = "Steps of Integrated Gradients (default: ${DEFAULT-VALUE}).")
  private int steps;

  @SuppressWarnings("NullAway.Init")
  ExportCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException(
          "--method must be xg, ig, grad, saliency, ixg or rrr, which need nothing but the inputs, found "
              + Ascii.toLowerCase(method.name()));
    }
    if (method != MethodOption.IG) {
      UnfitOptions.of(spec, "--method " + Ascii.toLowerCase(method.name())).and("--steps").refuse();
    }
    AttributionMethod chosen = method.method(steps, 1, Optional.empty());
    switch (ModelDirectory.kind(model)) {
      case TABLE -> exportTableModel(chosen);
      case IMAGE -> exportImageModel(chosen);
      case TEXT -> exportTextModel(chosen);
    }
    System.out.println("Model: " + out);
    return 0;
  }

  private void exportTableModel(AttributionMethod chosen) throws IOException {
    try (TableModel loaded = TableModel.load(model)) {
      TableModel.write(
          out, loaded, chosen, loaded.preprocessing(), loaded.labels(), loaded.provenance());
    }
  }

  private void exportTextModel(AttributionMethod chosen) throws IOException {
    try (TextModel loaded = TextModel.load(model)) {
      TextModel.write(out, loaded.model(), chosen, loaded.info());
    }
  }

  private void exportImageModel(AttributionMethod chosen) throws IOException {
    try (ImageModel loaded = ImageModel.load(model)) {
      ImageModel.write(out, loaded, chosen, loaded.info());
    }
  }
}
