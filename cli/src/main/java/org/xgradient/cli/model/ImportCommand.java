package org.xgradient.cli.model;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.image.ImageModelSource;
import org.xgradient.cli.option.NetworkOptions;
import org.xgradient.graph.Parameter;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.ImageModelInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code xgradient import}. */
@Command(
    name = "import",
    description = {
      "Make a model directory of a published network for images and weights that others trained.",
      "A checkpoint is only read: what would run code in it is refused by name."
    },
    sortOptions = false)
public final class ImportCommand implements Callable<Integer> {

  @Mixin private NetworkOptions networks;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model.")
  private Path out;

  @SuppressWarnings("NullAway.Init")
  ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    ImmutableList<ImageModelSource> sources = networks.models();
    if (sources.size() != 1) {
      throw new IllegalArgumentException(
          "--network must name one network, found " + sources.size());
    }
    try (ImageModel model = sources.get(0).open()) {
      ImageModelInfo info = model.info();
      ImageModel.write(out, model, signatureMethod(info), info);
      System.out.printf(
          "%s: %s parameters, %d classes, %s%n",
          info.network(),
          Numbers.count(model.model().parameters().stream().mapToLong(Parameter::size).sum()),
          info.classes().size(),
          info.biases() ? "with biases" : "without biases");
    }
    System.out.println("Model: " + out);
    return 0;
  }

  private static AttributionMethod signatureMethod(ImageModelInfo info) {
    return info.biases() ? IntegratedGradients.withDefaults() : new XGradient();
  }
}
