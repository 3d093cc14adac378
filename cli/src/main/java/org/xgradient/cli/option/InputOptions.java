package org.xgradient.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.cli.image.ImageInput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of what a model runs over: the rows of a table or the images of a folder. */
@HelpGroup("Input")
public final class InputOptions {

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description =
          "Table with the columns that the model was trained on; others are ignored. It may be"
              + " larger than memory, or compressed (.gz); - is the standard input. For SavedModels of"
              + " others also .npy, .npz, or tf.Examples in .tfrecord.")
  private Optional<Path> data = Optional.empty();

  @Mixin private RowOptions rows;

  @Option(
      names = "--images",
      paramLabel = "FOLDER",
      description =
          "Folder with JPEG, PNG, WebP, TIFF, BMP or GIF files, also in folders in it, or one such file; they may be larger than memory.")
  private Optional<Path> images = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Images to take at most, the first by name (default: all).")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--strict",
      description = "Fail at a file that is not a whole image, instead of leaving it out.")
  private boolean strict;

  @SuppressWarnings("NullAway.Init")
  InputOptions() {}

  /**
   * {@return whether images are given}
   *
   * @throws IllegalArgumentException if neither or both are given
   */
  public boolean isImages() {
    if (data.isPresent() == images.isPresent()) {
      throw new IllegalArgumentException(
          "give the rows of a table with --data FILE.csv, or images with --images FOLDER; found %s"
              .formatted(data.isPresent() ? "both" : "neither"));
    }
    return images.isPresent();
  }

  /** {@return the table, if it is given} */
  public Optional<Path> data() {
    return data.map(DialectOptions::place);
  }

  /** {@return the table, which must be given} */
  public Path table() {
    return DialectOptions.place(data.orElseThrow());
  }

  /** {@return how the rows of the table are read} */
  public RowOptions rows() {
    return rows;
  }

  /**
   * {@return the images, which must be given}
   *
   * @throws org.xgradient.data.DataException if the folder cannot be read or holds no file
   */
  public ImageInput images() {
    return ImageInput.of(images.orElseThrow(), strict, limit);
  }
}
