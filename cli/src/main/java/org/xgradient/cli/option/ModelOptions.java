package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.xgradient.cli.image.ImageModelSource;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.model.ModelKind;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that name the model, or models, that a command uses. */
@HelpGroup("Model")
public final class ModelOptions {

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "DIR",
      description = "Directory of the model; for images several, separated by commas.")
  private List<Path> directories = new ArrayList<>();

  @Mixin private NetworkOptions networks;

  @SuppressWarnings("NullAway.Init")
  ModelOptions() {}

  /**
   * The directory of the only model, of a table or of others.
   *
   * @throws IllegalArgumentException if there is none, more than one, a network for images, or it
   *     is a model of something else
   */
  public Path table() {
    if (directories.size() != 1 || networks.isGiven()) {
      throw new IllegalArgumentException(
          "a table needs one model; give its directory with --model DIR, and no --network");
    }
    Path model = directories.get(0);
    if (ModelDirectory.exists(model)) {
      ModelKind kind = ModelDirectory.kind(model);
      if (kind != ModelKind.TABLE) {
        throw new IllegalArgumentException(
            kind == ModelKind.TEXT
                ? "%s is a model of texts; give a file of them with --text FILE, or their column of the table with --text COLUMN"
                    .formatted(model)
                : "%s is a model of images; give them with --images FOLDER".formatted(model));
      }
    }
    return model;
  }

  /**
   * The directory of the only model, of texts.
   *
   * @throws IllegalArgumentException if there is none, more than one, or a network for images
   */
  public Path text() {
    if (directories.size() != 1 || networks.isGiven()) {
      throw new IllegalArgumentException(
          "texts need one model; give its directory with --model DIR, and no --network");
    }
    return directories.get(0);
  }

  /** {@return whether all models are of xgradient's, which say themselves what they take} */
  public boolean areOurs() {
    return !networks.isGiven()
        && !directories.isEmpty()
        && directories.stream().allMatch(ModelDirectory::exists);
  }

  /**
   * The models of images, in order.
   *
   * @param foreign loads a SavedModel of others
   * @throws IllegalArgumentException if there is none, or two have one name
   */
  public ImmutableList<ImageModelSource> images(Function<Path, LoadedModel> foreign) {
    ImmutableList.Builder<ImageModelSource> sources = ImmutableList.builder();
    for (Path directory : new LinkedHashSet<>(directories)) {
      String name = String.valueOf(directory.toAbsolutePath().normalize().getFileName());
      sources.add(
          new ImageModelSource(
              name,
              () ->
                  Files.exists(directory) && !ModelDirectory.exists(directory)
                      ? networks.foreign(name, foreign.apply(directory))
                      : ImageModel.load(directory)));
    }
    if (networks.isGiven()) {
      sources.addAll(networks.models());
    }
    return checked(sources.build());
  }

  /**
   * The only model of images.
   *
   * @param foreign loads a SavedModel of others
   * @throws IllegalArgumentException if there is none, or more than one
   */
  public ImageModelSource image(Function<Path, LoadedModel> foreign) {
    ImmutableList<ImageModelSource> sources = images(foreign);
    if (sources.size() != 1) {
      throw new IllegalArgumentException(
          "there must be one model, found %s; give one directory or one network"
              .formatted(names(sources)));
    }
    return sources.get(0);
  }

  private static ImmutableList<ImageModelSource> checked(ImmutableList<ImageModelSource> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(
          "images need a model; give its directory with --model DIR, or --network NAME and"
              + " --weights FILE");
    }
    List<String> names = names(sources);
    if (new LinkedHashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "the models must have different names, found %s; rename a directory".formatted(names));
    }
    return sources;
  }

  private static List<String> names(List<ImageModelSource> sources) {
    return sources.stream().map(ImageModelSource::name).toList();
  }
}
