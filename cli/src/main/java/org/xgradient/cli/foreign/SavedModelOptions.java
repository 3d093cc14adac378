package org.xgradient.cli.foreign;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.NetworkOptions;
import org.xgradient.cli.option.PreprocessingOptions;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.graph.savedmodel.LoadOptions;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of what is taken of a SavedModel that others exported. */
@HelpGroup("SavedModels of others")
public final class SavedModelOptions {

  private static final String NUMBER = "number";

  @Option(
      names = "--signature",
      paramLabel = "KEY",
      description = "Signature to take (default: serving_default, or the only one).")
  private Optional<String> signature = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "Output of the signature to take, or a tensor on the way to one, such as the scores before"
              + " an ArgMax (default: logits, or the only one).")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--input-shape",
      paramLabel = "[INPUT=]SIZES",
      description =
          "Shape of one example, without the axis of examples, such as 28,28,1, or number for a"
              + " single one; once for each input of unknown shape (default: as the signature says).")
  private List<String> shapes = new ArrayList<>();

  @Option(
      names = "--tags",
      split = ",",
      paramLabel = "TAG",
      description = "Tags of the graph, all of them (default: serve, or the only graph).")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--at",
      split = ",",
      paramLabel = "TENSOR",
      description =
          "Explain inner tensors in the place of inputs, such as the output of a layer (default: the"
              + " inputs, or the earliest tensors behind them that can be differentiated).")
  private List<String> at = new ArrayList<>();

  public SavedModelOptions() {}

  /** {@return whether one is given} */
  public boolean isGiven() {
    return signature.isPresent()
        || output.isPresent()
        || !shapes.isEmpty()
        || !tags.isEmpty()
        || !at.isEmpty();
  }

  /**
   * Refuses these options where a model says itself what it takes.
   *
   * @throws IllegalArgumentException if one is given
   */
  public void requireNone() {
    if (isGiven()) {
      throw new IllegalArgumentException(
          "--signature, --output, --input-shape, --tags and --at are for SavedModels of others;"
              + " a model of xgradient's says itself what it takes");
    }
  }

  /**
   * Refuses what models of xgradient's for images need not be told.
   *
   * @throws IllegalArgumentException if it is given
   */
  public static void refuseForOurImages(CommandSpec command) {
    UnfitOptions.of(command, "models of xgradient's, which say themselves what they take")
        .allOf(SavedModelOptions.class, NetworkOptions.class, PreprocessingOptions.class)
        .refuse();
  }

  /**
   * Loads a SavedModel.
   *
   * @throws org.xgradient.graph.savedmodel.SavedModelException if it can't be used
   * @throws IllegalArgumentException if an option can't be read
   */
  public LoadedModel load(Path directory) {
    return SavedModels.load(directory, options());
  }

  /** {@return the options as arguments of a command} */
  public ImmutableList<String> arguments() {
    ImmutableList.Builder<String> arguments = ImmutableList.builder();
    signature.ifPresent(key -> arguments.add("--signature", key));
    output.ifPresent(name -> arguments.add("--output", name));
    shapes.forEach(shape -> arguments.add("--input-shape", shape));
    if (!tags.isEmpty()) {
      arguments.add("--tags", String.join(",", tags));
    }
    if (!at.isEmpty()) {
      arguments.add("--at", String.join(",", at));
    }
    return arguments.build();
  }

  private LoadOptions options() {
    LoadOptions options =
        LoadOptions.withDefaults().withTags(new LinkedHashSet<>(tags)).withTensors(at);
    options = signature.isPresent() ? options.withSignature(signature.get()) : options;
    options = output.isPresent() ? options.withOutput(output.get()) : options;
    for (String given : shapes) {
      int equals = given.lastIndexOf('=');
      ImmutableIntArray shape = shape(given.substring(equals + 1), given);
      options =
          equals < 0
              ? options.withInputShape(shape)
              : options.withInputShape(given.substring(0, equals), shape);
    }
    return options;
  }

  private static ImmutableIntArray shape(String sizes, String given) {
    ImmutableIntArray.Builder shape = ImmutableIntArray.builder();
    if (!sizes.equals(NUMBER)) {
      for (String part : Splitter.on(',').trimResults().split(sizes)) {
        Integer size = Ints.tryParse(part);
        if (size == null || size < 1) {
          throw new IllegalArgumentException(
              "--input-shape must be sizes such as 28,28,1, or %s, found \"%s\""
                  .formatted(NUMBER, given));
        }
        shape.add(size);
      }
    }
    return shape.build();
  }
}
