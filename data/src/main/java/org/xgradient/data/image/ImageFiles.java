package org.xgradient.data.image;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
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
 * Image files without labels, decoded when they are asked for.
 *
 * <p>Every file is decoded once when the set is made, so that its size and its order are final;
 * that costs some milliseconds for each, on all processors.
 *
 * @param files the whole images, sorted by name
 * @param skipped the files that were left out because they are not whole images
 * @param preprocessing what is done to each image
 */
public record ImageFiles(
    ImmutableList<Path> files, ImmutableList<Path> skipped, ImagePreprocessing preprocessing) {

  private static final Logger LOGGER = LoggerFactory.getLogger(ImageFiles.class);

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
    List<Optional<FormatException>> damages =
        candidates.parallelStream().map(ImageFiles::damage).toList();
    ImmutableList.Builder<Path> files = ImmutableList.builder();
    ImmutableList.Builder<Path> skipped = ImmutableList.builder();
    for (int i = 0; i < candidates.size(); i++) {
      Optional<FormatException> damage = damages.get(i);
      if (damage.isPresent() && damaged == DamagedFiles.FAIL) {
        throw damage.get();
      }
      damage.ifPresent(found -> LOGGER.warn("skipped, because {}", found.getMessage()));
      (damage.isEmpty() ? files : skipped).add(candidates.get(i));
    }
    return new ImageFiles(files.build(), skipped.build(), preprocessing);
  }

  /** Why a file is not a whole image; empty if it is one. */
  private static Optional<FormatException> damage(Path candidate) {
    try {
      Images.read(candidate);
      return Optional.empty();
    } catch (FormatException e) {
      return Optional.of(e);
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
   * @throws FormatException if a file has been damaged since the folder was read
   */
  public FloatArray read(int... rows) {
    int[] shape = {rows.length, preprocessing.crop(), preprocessing.crop(), 3};
    FloatArray batch = FloatArray.zeros(shape);
    for (int i = 0; i < rows.length; i++) {
      float[] image = preprocessing.apply(Images.read(files.get(rows[i]))).values();
      System.arraycopy(image, 0, batch.values(), i * image.length, image.length);
    }
    return batch;
  }
}
