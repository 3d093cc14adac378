package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.AutomaticOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.image.ExpectedGradientsOfImages;
import org.xgradient.cli.image.ImageInput;
import org.xgradient.cli.image.ImageMethod;
import org.xgradient.data.Provenance;
import org.xgradient.graph.homogeneity.NotHomogeneousException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of how attributions are computed. */
@HelpGroup("Attribution")
public final class AttributionOptions {

  private static final ImmutableList<MethodOption> METHODS_OF_IMAGES =
      ImmutableList.of(MethodOption.XG, MethodOption.IXG, MethodOption.IG);

  private static final ImmutableList<MethodOption> METHODS_TO_COMPARE =
      ImmutableList.of(
          MethodOption.AUTO,
          MethodOption.IG,
          MethodOption.EG,
          MethodOption.GRAD,
          MethodOption.RANDOM);

  @Option(
      names = {"--method", "--methods"},
      split = ",",
      paramLabel = "METHOD",
      description = {
        MethodOption.NAMES,
        "(default: auto for a table; xg, ixg and ig for images; auto, ig, eg, grad and random to"
            + " evaluate)."
      })
  private List<MethodOption> methods = new ArrayList<>();

  @Option(
      names = "--steps",
      description =
          "Steps of Integrated Gradients (default: "
              + IntegratedGradients.DEFAULT_STEPS
              + "); those that auto may take at most (default: 512).")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = "--references",
      paramLabel = "PATH",
      description =
          "What Expected Gradients compares with: a table, or a folder of images (default for"
              + " images: those that are explained).")
  private Optional<Path> references = Optional.empty();

  @Option(
      names = "--draws",
      defaultValue = "200",
      paramLabel = "K",
      description =
          "References per row or image in Expected Gradients, drawn from as many images at most"
              + " (default: ${DEFAULT-VALUE}).")
  private int draws;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description =
          "Memory for the values of one run (default: 1024, or an eighth of the machine's memory).")
  private Optional<Long> megabytes = Optional.empty();

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of methods that draw at random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @SuppressWarnings("NullAway.Init")
  AttributionOptions() {}

  /**
   * The methods to compare, by their names.
   *
   * @throws IllegalArgumentException if one is named twice
   */
  public ImmutableMap<String, MethodOption> toCompare() {
    Map<String, MethodOption> named = new LinkedHashMap<>();
    for (MethodOption method : methods.isEmpty() ? METHODS_TO_COMPARE : methods) {
      String name = name(method);
      if (named.put(name, method) != null) {
        throw new IllegalArgumentException(
            "the methods must differ, found %s twice; name it once".formatted(name));
      }
    }
    return ImmutableMap.copyOf(named);
  }

  /**
   * Refuses what none of the chosen methods has a use for.
   *
   * @param usual what is chosen if the user doesn't say
   * @throws IllegalArgumentException if such an option is given
   */
  private void refuseIdle(CommandSpec command, List<MethodOption> usual) {
    List<MethodOption> chosen = methods.isEmpty() ? usual : methods;
    UnfitOptions idle =
        UnfitOptions.of(
            command,
            "--method "
                + chosen.stream().map(AttributionOptions::name).collect(Collectors.joining(",")));
    if (!chosen.contains(MethodOption.EG)) {
      idle = idle.and("--references", "--draws");
    }
    if (!chosen.contains(MethodOption.IG) && !chosen.contains(MethodOption.AUTO)) {
      idle = idle.and("--steps");
    }
    idle.refuse();
  }

  /**
   * Refuses what the methods that explain have no use for.
   *
   * @throws IllegalArgumentException if such an option is given
   */
  public void refuseIdleToExplain(CommandSpec command) {
    refuseIdle(command, ImmutableList.of(MethodOption.AUTO));
  }

  /**
   * Refuses what the methods that are compared have no use for.
   *
   * @throws IllegalArgumentException if such an option is given
   */
  public void refuseIdleToCompare(CommandSpec command) {
    refuseIdle(command, METHODS_TO_COMPARE);
  }

  /** What is known of how methods run, for reports. */
  public Provenance addTo(Provenance provenance) {
    return provenance
        .with("seed", seed)
        .with("steps of ig", steps())
        .with("references of eg", draws);
  }

  public AttributorOptions runs() {
    AttributorOptions runs = AttributorOptions.withDefaults().withSeed(seed);
    return megabytes.map(number -> runs.withMemoryBudget(number << 20)).orElse(runs);
  }

  private int steps() {
    return steps.orElse(IntegratedGradients.DEFAULT_STEPS);
  }

  /**
   * How auto chooses.
   *
   * @param runs how methods run
   * @throws IllegalArgumentException if the user gives fewer than one step
   */
  public AutomaticOptions automatic(AttributorOptions runs) {
    AutomaticOptions options = AutomaticOptions.withDefaults().withRuns(runs);
    return steps.map(options::withMaxSteps).orElse(options);
  }

  /** {@return the seed of what is drawn at random} */
  public long seed() {
    return seed;
  }

  /** How many references each input meets in Expected Gradients. */
  public int draws() {
    return draws;
  }

  /** Where Expected Gradients takes its references from, if the user says so. */
  public Optional<Path> references() {
    return references;
  }

  /**
   * {@return the method for rows of a table}
   *
   * @throws IllegalArgumentException if several are given
   */
  public MethodOption ofTable() {
    if (methods.size() > 1) {
      throw new IllegalArgumentException(
          "--method must be one for a table, found " + methods.size() + "; run them one by one");
    }
    return methods.isEmpty() ? MethodOption.AUTO : methods.get(0);
  }

  /**
   * {@return the method for rows of a table, which fits the other options}
   *
   * @param baseline where attributions start to count
   * @param probability whether probabilities are explained
   * @throws IllegalArgumentException if the method can't do with these
   */
  public MethodOption ofTable(BaselineOption baseline, boolean probability) {
    MethodOption chosen = ofTable();
    if (chosen == MethodOption.EG && references.isEmpty()) {
      throw new IllegalArgumentException(
          "--method eg compares with rows, found none; give them with --references FILE.csv");
    }
    if (baseline.isGiven() && chosen != MethodOption.AUTO && chosen != MethodOption.IG) {
      throw new IllegalArgumentException(
          "--baseline goes with --method auto or ig, found %s; take --method ig%s"
              .formatted(
                  name(chosen), chosen == MethodOption.EG ? ", or leave --baseline out" : ""));
    }
    if (probability && chosen == MethodOption.XG) {
      throw new IllegalArgumentException(
          "--probability goes with --method auto, ig or eg, for no probability is homogeneous, found"
              + " xg; take --method ig");
    }
    return chosen;
  }

  /**
   * Begins to explain by a method that the user named.
   *
   * @throws IllegalArgumentException if the model is not homogeneous, and the method wants it to be
   */
  public static void withAdvice(Runnable beginning) {
    try {
      beginning.run();
    } catch (NotHomogeneousException e) {
      throw new IllegalArgumentException(
          e.summary()
              + " (check lists all); explain it by another method (--method ig), or a model without"
              + " what stands in the way (strip-bias)",
          e);
    }
  }

  private static String name(MethodOption method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  /**
   * A method that needs no choice.
   *
   * @throws IllegalArgumentException for Expected Gradients without references
   */
  public AttributionMethod method(MethodOption method, Optional<ReferenceDistribution> from) {
    return method.method(steps(), draws, from);
  }

  /**
   * The methods for images by name.
   *
   * @param explained the images to explain, which Expected Gradients compares with if the user
   *     names no others
   * @throws org.xgradient.data.DataException if the folder of references can't be read
   */
  public ImmutableMap<String, ImageMethod> ofImages(ImageInput explained) {
    List<MethodOption> chosen = methods.isEmpty() ? METHODS_OF_IMAGES : methods;
    Map<String, ImageMethod> named = new LinkedHashMap<>();
    for (MethodOption method : chosen) {
      named.put(name(method), ofImages(method, explained));
    }
    return ImmutableMap.copyOf(named);
  }

  private ImageMethod ofImages(MethodOption method, ImageInput explained) {
    return switch (method) {
      case AUTO ->
          (model, images, runs) -> {
            var choice = AutomaticMethod.choose(model, images, automatic(runs));
            return ImageMethod.fromZero(
                model, choice.attributor(), Optional.of(choice.attributions()));
          };
      case EG -> {
        ImageInput from =
            references
                .map(folder -> ImageInput.of(folder, false, Integer.MAX_VALUE))
                .orElse(explained);
        yield new ExpectedGradientsOfImages(from, draws, seed);
      }
      default -> ImageMethod.of(method(method, Optional.empty()));
    };
  }
}
