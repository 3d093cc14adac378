package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Prefetcher;
import org.xgradient.data.format.FormatException;

/**
 * The images among some files, decoded once each and in order by a background thread, a few ahead
 * of whoever uses them: for folders that are larger than memory.
 *
 * <p>At most four chunks are in memory. Whether a file is a whole image is found out when its turn
 * comes. For one reading thread; close it when done, at any time.
 */
public final class ImageStream implements Iterator<ImageStream.Chunk>, AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ImageStream.class);
  private static final int DEPTH = 2;

  /**
   * Some images.
   *
   * @param files where they are from
   * @param images the images, prepared, of shape {@code [files, crop, crop, 3]}
   */
  public record Chunk(ImmutableList<Path> files, FloatArray images) {}

  private final Queue<Path> skipped = new ConcurrentLinkedQueue<>();
  private final Prefetcher<Chunk> chunks;

  /**
   * Starts reading.
   *
   * @param candidates the files, in the order to keep
   * @param preprocessing what is done to each image
   * @param damaged what to do about files that are not whole images
   * @param chunk how many images a chunk has, at least 1; the last one may have fewer
   * @throws IllegalArgumentException if the chunk is less than 1
   */
  public ImageStream(
      List<Path> candidates, ImagePreprocessing preprocessing, DamagedFiles damaged, int chunk) {
    checkArgument(chunk >= 1, "a chunk must have at least 1 image, found %s", chunk);
    Iterator<Path> files = ImmutableList.copyOf(candidates).iterator();
    this.chunks =
        new Prefetcher<>(
            new AbstractIterator<Chunk>() {
              @Override
              protected @Nullable Chunk computeNext() {
                Chunk read = read(files, preprocessing, damaged, chunk);
                return read.files().isEmpty() ? endOfData() : read;
              }
            },
            DEPTH);
  }

  private Chunk read(
      Iterator<Path> candidates, ImagePreprocessing preprocessing, DamagedFiles damaged, int size) {
    ImmutableList.Builder<Path> files = ImmutableList.builder();
    List<FloatArray> images = new ArrayList<>();
    while (candidates.hasNext() && images.size() < size) {
      Path file = candidates.next();
      try {
        images.add(preprocessing.apply(Images.read(file)));
        files.add(file);
      } catch (FormatException e) {
        if (damaged == DamagedFiles.FAIL) {
          throw e;
        }
        LOGGER.warn("skipped, because {}", e.getMessage());
        skipped.add(file);
      }
    }
    return new Chunk(files.build(), stacked(images, preprocessing.crop()));
  }

  private static FloatArray stacked(List<FloatArray> images, int crop) {
    FloatArray stacked = FloatArray.zeros(images.size(), crop, crop, 3);
    for (int i = 0; i < images.size(); i++) {
      float[] image = images.get(i).values();
      System.arraycopy(image, 0, stacked.values(), i * image.length, image.length);
    }
    return stacked;
  }

  /**
   * Finds the files of a folder and of the folders in it, by links, too. Hidden ones don't count; a
   * link to a folder that it is in is left out with a warning.
   *
   * @param folder the folder, or a file, which is all there is then
   * @return the files, sorted
   * @throws DataException if the folder cannot be read or holds no file
   */
  public static ImmutableList<Path> filesIn(Path folder) {
    if (Files.isRegularFile(folder)) {
      return ImmutableList.of(folder);
    }
    try {
      ImmutableList<Path> files = ImmutableList.copyOf(FolderLoops.filesIn(folder));
      if (files.isEmpty()) {
        throw new DataException(
            "%s must be an image or a folder with images, found no file in it".formatted(folder));
      }
      return files;
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }

  /**
   * Waits until it is known.
   *
   * @throws CancellationException if this thread is interrupted while it waits; it stays
   *     interrupted
   * @throws IllegalStateException if this is closed
   */
  @Override
  public boolean hasNext() {
    return chunks.hasNext();
  }

  /**
   * Waits for the next images.
   *
   * @return the images, at least one
   * @throws FormatException if a file is not a whole image and damaged files are to fail
   * @throws DataException if a file cannot be read
   * @throws CancellationException if this thread is interrupted while it waits; it stays
   *     interrupted
   * @throws IllegalStateException if this is closed
   */
  @Override
  public Chunk next() {
    return chunks.next();
  }

  /** {@return the files that were left out so far, because they are not whole images} */
  public ImmutableList<Path> skipped() {
    return ImmutableList.copyOf(skipped);
  }

  /** Stops reading and waits until the thread has ended. */
  @Override
  public void close() {
    chunks.close();
  }
}
