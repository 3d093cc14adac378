package org.xgradient.cli.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.image.DamagedFiles;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.data.image.ImageStream;

/**
 * The images of a folder that a user named, which may be larger than memory.
 *
 * @param folder the folder
 * @param candidates the files in it and in the folders in it, sorted
 * @param strict whether a file that is not a whole image is an error
 * @param limit how many images to take at most, at least 1
 */
public record ImageInput(Path folder, ImmutableList<Path> candidates, boolean strict, int limit) {

  /** Enough for the background thread to be ahead; the network has batches of its own. */
  private static final int CHUNK = 16;

  /** Takes the images in chunks. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes some images.
     *
     * @param chunk the images, at least one
     * @throws IOException if what it writes can't be written
     */
    void visit(ImageStream.Chunk chunk) throws IOException;
  }

  /**
   * What was found.
   *
   * @param files the whole images, in order
   * @param skipped how many files were left out
   */
  public record Found(ImmutableList<Path> files, int skipped) {}

  /**
   * Lists the files of a folder, or takes one file, which must be an image then.
   *
   * @param folder the folder or the file
   * @param strict whether a file that is not a whole image is an error
   * @param limit how many images to take at most, at least 1
   * @return the input
   * @throws DataException if the folder cannot be read or holds no file
   * @throws IllegalArgumentException if the limit is less than 1
   */
  public static ImageInput of(Path folder, boolean strict, int limit) {
    checkArgument(limit >= 1, "--limit must be at least 1, found %s", limit);
    ImmutableList<Path> files = ImageStream.filesIn(folder);
    return Files.isDirectory(folder)
        ? new ImageInput(folder, files, strict, limit)
        : new ImageInput(folder.resolveSibling(""), files, true, limit);
  }

  /** {@return at most how many images there are} */
  public int size() {
    return Math.min(limit, candidates.size());
  }

  /** {@return the name of an image: its path in the folder} */
  public String name(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /**
   * The same input after it was found out which files are images.
   *
   * @param found what was found
   * @return the input of these images
   */
  public ImageInput of(Found found) {
    return new ImageInput(folder, found.files(), false, limit);
  }

  /**
   * Some of the images, at random.
   *
   * @param count how many, if there are as many
   * @param seed the same seed draws the same images
   * @return their input, in the order in which they were drawn
   */
  public ImageInput sample(int count, long seed) {
    ImmutableList.Builder<Path> drawn = ImmutableList.builder();
    for (int index : new DataRandom(seed).permutation(candidates.size())) {
      drawn.add(candidates.get(index));
    }
    return new ImageInput(folder, drawn.build(), strict, count);
  }

  /**
   * Reads all images into memory.
   *
   * @param preprocessing what is done to each image
   * @return the images, in one chunk
   * @throws DataException if there is no image, or a file can't be read
   */
  public ImageStream.Chunk readAll(ImagePreprocessing preprocessing) {
    List<float[]> chunks = new ArrayList<>();
    try {
      Found found = forEach(preprocessing, chunk -> chunks.add(chunk.images().values()));
      int crop = preprocessing.crop();
      float[] values = Floats.concat(chunks.toArray(float[][]::new));
      return new ImageStream.Chunk(
          found.files(), FloatArray.of(values, found.files().size(), crop, crop, 3));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the images once, in order, ahead of the visitor.
   *
   * @param preprocessing what is done to each image
   * @param visitor takes them
   * @return what was found
   * @throws IOException if the visitor can't write
   * @throws DataException if there is no image, or a file can't be read
   */
  public Found forEach(ImagePreprocessing preprocessing, Visitor visitor) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var stream =
        new ImageStream(candidates, preprocessing, damaged(), Math.min(CHUNK, limit))) {
      while (files.size() < limit && stream.hasNext()) {
        ImageStream.Chunk chunk = first(stream.next(), limit - files.size());
        visitor.visit(chunk);
        files.addAll(chunk.files());
      }
      if (files.isEmpty()) {
        throw noImage();
      }
      return new Found(ImmutableList.copyOf(files), stream.skipped().size());
    }
  }

  /** {@return what a user is told of files that were left out, behind a number of images} */
  public static String leftOut(int skipped) {
    return skipped == 0
        ? ""
        : skipped == 1
            ? "; left out 1 file that is not a whole image"
            : "; left out %d files that are not whole images".formatted(skipped);
  }

  private DamagedFiles damaged() {
    return strict ? DamagedFiles.FAIL : DamagedFiles.SKIP;
  }

  private DataException noImage() {
    return new DataException(
        "the folder %s must hold images (JPEG, PNG, WebP, TIFF, BMP or GIF), found none in %s files"
            .formatted(folder, candidates.size()));
  }

  private static ImageStream.Chunk first(ImageStream.Chunk chunk, int count) {
    return chunk.files().size() <= count
        ? chunk
        : new ImageStream.Chunk(chunk.files().subList(0, count), chunk.images().rows(0, count));
  }
}
