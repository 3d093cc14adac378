package org.xgradient.data.image;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;
import org.xgradient.data.format.FormatException;

/**
 * Image files without labels.
 *
 * <p>Every file is decoded when the set is made, so that its size and its order are final; that
 * costs some milliseconds for each, on all processors. Prepared images that take no more than a
 * quarter of the heap together are kept until memory is short; others are decoded again whenever
 * they are asked for.
 */
public final class ImageFiles {

  private static final Logger LOGGER = LoggerFactory.getLogger(ImageFiles.class);

  private static final int SHARE_OF_HEAP = 4;

  private final ImmutableList<Path> files;
  private final ImmutableList<Path> skipped;
  private final ImagePreprocessing preprocessing;

  /** The prepared images, or none. */
  private final SoftReference<ImmutableList<FloatArray>> kept;

  private ImageFiles(
      ImmutableList<Path> files,
      ImmutableList<Path> skipped,
      ImagePreprocessing preprocessing,
      ImmutableList<FloatArray> kept) {
    this.files = files;
    this.skipped = skipped;
    this.preprocessing = preprocessing;
    this.kept = new SoftReference<>(kept);
  }

  /**
   * Finds the images of a folder, without those of its sub-folders. Hidden files don't count.
   *
   * @param folder the folder
   * @param preprocessing what is done to each image
   * @param damaged what to do about files that are not whole images
   * @return the images, sorted by name
   * @throws FormatException if a file is not a whole image and damaged files are to fail
   * @throws DataException if the folder cannot be read or holds no image
   */
  public static ImageFiles in(Path folder, ImagePreprocessing preprocessing, DamagedFiles damaged) {
    List<Path> candidates = FolderLoops.filesOnlyIn(folder);
    ImageFiles images = of(candidates, preprocessing, damaged);
    if (images.files.isEmpty()) {
      throw new DataException(
          "the folder %s must hold images (JPEG, PNG, WebP, TIFF, BMP or GIF), found none in %s files"
              .formatted(folder, candidates.size()));
    }
    return images;
  }

  /**
   * Takes the images among some files.
   *
   * @param candidates files in the order to keep
   * @param preprocessing what is done to each image
   * @param damaged what to do about files that are not whole images
   * @return the images
   * @throws FormatException if a file is not a whole image and damaged files are to fail
   * @throws DataException if a file cannot be read
   */
  public static ImageFiles of(
      List<Path> candidates, ImagePreprocessing preprocessing, DamagedFiles damaged) {
    return of(candidates, preprocessing, damaged, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  static ImageFiles of(
      List<Path> candidates,
      ImagePreprocessing preprocessing,
      DamagedFiles damaged,
      long mostBytesKept) {
    long side = preprocessing.crop();
    boolean keeps = candidates.size() * side * side * 3 * Float.BYTES <= mostBytesKept;
    List<Checked> checked =
        candidates.parallelStream().map(file -> Checked.of(file, preprocessing, keeps)).toList();
    ImmutableList.Builder<Path> files = ImmutableList.builder();
    ImmutableList.Builder<Path> skipped = ImmutableList.builder();
    ImmutableList.Builder<FloatArray> kept = ImmutableList.builder();
    for (int i = 0; i < candidates.size(); i++) {
      Optional<FormatException> damage = checked.get(i).damage();
      if (damage.isPresent() && damaged == DamagedFiles.FAIL) {
        throw damage.get();
      }
      damage.ifPresent(found -> LOGGER.warn("skipped, because {}", found.getMessage()));
      (damage.isEmpty() ? files : skipped).add(candidates.get(i));
      checked.get(i).prepared().ifPresent(kept::add);
    }
    return new ImageFiles(files.build(), skipped.build(), preprocessing, kept.build());
  }

  /** Why a file is not a whole image; otherwise the prepared image, if it is to be kept. */
  private record Checked(Optional<FormatException> damage, Optional<FloatArray> prepared) {

    static Checked of(Path candidate, ImagePreprocessing preprocessing, boolean keeps) {
      try {
        FloatArray image = Images.read(candidate);
        return new Checked(
            Optional.empty(), keeps ? Optional.of(preprocessing.apply(image)) : Optional.empty());
      } catch (FormatException e) {
        return new Checked(Optional.of(e), Optional.empty());
      }
    }
  }

  /** {@return what is in a folder, sorted by name, without what is hidden} */
  static Stream<Path> list(Path folder) {
    RegularFiles.checkNoDevice(folder);
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }

  /** {@return the whole images, sorted by name} */
  public ImmutableList<Path> files() {
    return files;
  }

  /** {@return the files that were left out because they are not whole images} */
  public ImmutableList<Path> skipped() {
    return skipped;
  }

  /** {@return what is done to each image} */
  public ImagePreprocessing preprocessing() {
    return preprocessing;
  }

  /** {@return whether images are decoded again when they are asked for} */
  boolean readsFiles() {
    ImmutableList<FloatArray> images = kept.get();
    return images == null || images.size() < size();
  }

  /** {@return the number of images} */
  public int size() {
    return files.size();
  }

  /** {@return the shape of one prepared image} */
  public ImmutableIntArray inputShape() {
    return preprocessing.outputShape();
  }

  /**
   * Reads and prepares some images.
   *
   * @param rows the indices of the images, each in {@code [0, size())}
   * @return the images of shape {@code [rows.length, crop, crop, 3]}, in the order given
   * @throws IndexOutOfBoundsException if there is no such image
   * @throws FormatException if a file must be read again, and has been damaged since the folder was
   *     read
   */
  public FloatArray read(int... rows) {
    int[] shape = {rows.length, preprocessing.crop(), preprocessing.crop(), 3};
    FloatArray batch = FloatArray.zeros(shape);
    for (int i = 0; i < rows.length; i++) {
      float[] image = image(rows[i]).values();
      System.arraycopy(image, 0, batch.values(), i * image.length, image.length);
    }
    return batch;
  }

  private FloatArray image(int row) {
    ImmutableList<FloatArray> images = kept.get();
    return images == null || images.size() < size()
        ? preprocessing.apply(Images.read(files.get(row)))
        : images.get(row);
  }
}
