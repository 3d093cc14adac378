package org.xgradient.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.heatmap.Sign;
import org.xgradient.cli.image.ImageJob;
import org.xgradient.cli.image.MapStyle;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.Table;
import org.xgradient.cli.report.TextTable;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.DamagedFiles;
import org.xgradient.data.image.ImageFiles;
import org.xgradient.training.image.ImageNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xgradient attribute-images}. */
@Command(
    name = "attribute-images",
    description = {
      "Explain what networks see in images: top classes, heat maps and completeness errors.",
      "Writes a page that shows all, PNG files and a table of the numbers."
    },
    sortOptions = false)
final class AttributeImagesCommand implements Callable<Integer> {

  /** The number of classes of ImageNet. */
  private static final int DEFAULT_CLASSES = 1000;

  private static final ImmutableSet<MethodOption> NOT_FOR_IMAGES =
      ImmutableSet.of(MethodOption.AUTO, MethodOption.EG);

  @Option(
      names = "--images",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder with JPEG or PNG files.")
  private Path images;

  @Option(
      names = "--network",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = {
        "One or more networks, separated by commas, that share the weights:",
        ImageNetwork.NAMES + "."
      })
  private List<String> networks;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description =
          "Trained weights in PyTorch's layout (.npz, .safetensors, .pth, .pt or .pth.tar).")
  private Path weights;

  @Option(
      names = "--classes",
      paramLabel = "FILE.csv",
      description = "Table with a column \"name\", a row for each output of the network.")
  private @Nullable Path classes;

  @Option(
      names = "--methods",
      split = ",",
      defaultValue = "xg,ixg,ig",
      paramLabel = "METHOD",
      description =
          "Some of xg, ixg, ig, grad, saliency, rrr, random, separated by commas (default:"
              + " ${DEFAULT-VALUE}).")
  private List<MethodOption> methods;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory to write.")
  private Path out;

  @Option(
      names = "--steps",
      defaultValue = "" + IntegratedGradients.DEFAULT_STEPS,
      description = "Steps of Integrated Gradients (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--top",
      defaultValue = "3",
      paramLabel = "N",
      description = "Classes shown for each image (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--limit",
      defaultValue = "50",
      paramLabel = "N",
      description = "Images to explain at most, the first by name (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--overlay", description = "Draw heat maps over the images.")
  private boolean overlay;

  @Option(names = "--absolute", description = "Draw absolute attributions instead of signed ones.")
  private boolean absolute;

  @Option(
      names = "--percentile",
      defaultValue = "99",
      paramLabel = "P",
      description =
          "Percentile of the absolute attributions that is drawn in full colour (default:"
              + " ${DEFAULT-VALUE}).")
  private double percentile;

  @Option(
      names = "--strict",
      description = "Fail at a file that is not a whole image, instead of leaving it out.")
  private boolean strict;

  @Option(
      names = "--memory",
      defaultValue = "256",
      paramLabel = "MB",
      description = "Memory for the values of one run (default: ${DEFAULT-VALUE}).")
  private long megabytes;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of methods that draw at random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @SuppressWarnings("NullAway.Init")
  AttributeImagesCommand() {}

  @Override
  public Integer call() throws IOException {
    checkAtLeastOne("--top", top);
    checkAtLeastOne("--limit", limit);
    checkPercentile();
    ClassNames names =
        classes == null ? ClassNames.numbered(DEFAULT_CLASSES) : ClassNames.read(classes);
    ImmutableList<ImageNetwork> chosen =
        new LinkedHashSet<>(networks)
            .stream()
                .map(name -> ImageNetwork.named(name, names.size()))
                .collect(ImmutableList.toImmutableList());
    ImageJob job =
        new ImageJob(
            chosen,
            weights,
            names,
            chosenMethods(),
            AttributorOptions.withDefaults().withMemoryBudget(megabytes << 20).withSeed(seed),
            new MapStyle(absolute ? Sign.ABSOLUTE : Sign.SIGNED, percentile, overlay),
            top);
    ImageFiles files =
        ImageFiles.in(
            images, chosen.get(0).preprocessing(), strict ? DamagedFiles.FAIL : DamagedFiles.SKIP);
    int count = Math.min(limit, files.size());
    Table summary;
    try (ProgressReporter progress = ProgressReporter.forConsole()) {
      summary = job.run(files, count, out, progress);
    }
    print(summary, files, count);
    return 0;
  }

  private void print(Table summary, ImageFiles files, int count) {
    System.out.println(TextTable.plain(summary));
    if (count < files.size()) {
      System.out.printf("Explained %d of %d images; see --limit%n", count, files.size());
    }
    if (!files.skipped().isEmpty()) {
      System.out.printf("Left out %d files that are not whole images%n", files.skipped().size());
    }
    System.out.println("Report:  " + out.resolve(ImageJob.PAGE));
    System.out.println("Numbers: " + out.resolve(ImageJob.NUMBERS));
  }

  private ImmutableMap<String, AttributionMethod> chosenMethods() {
    Map<String, AttributionMethod> chosen = new LinkedHashMap<>();
    for (MethodOption method : methods) {
      String name = method.name().toLowerCase(Locale.ROOT);
      if (NOT_FOR_IMAGES.contains(method)) {
        throw new IllegalArgumentException(
            "--methods must be some of xg, ixg, ig, grad, saliency, rrr, random, found " + name);
      }
      chosen.put(name, method.method(steps, 1, Optional.empty()));
    }
    return ImmutableMap.copyOf(chosen);
  }

  private void checkPercentile() {
    if (!(percentile > 0 && percentile <= 100)) {
      throw new IllegalArgumentException(
          "--percentile must be above 0 and at most 100, found " + percentile);
    }
  }

  private static void checkAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s must be at least 1, found %d".formatted(option, value));
    }
  }
}
