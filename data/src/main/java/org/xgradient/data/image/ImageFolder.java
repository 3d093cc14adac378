package org.xgradient.data.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.data.Batch;
import org.xgradient.data.DataException;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.data.format.FormatException;

/** Labelled images in the layout {@code folder/class/file}, read as {@link ImageFiles} are. */
public final class ImageFolder implements Dataset {

  private final ImmutableList<String> classes;
  private final ImageFiles images;
  private final ImmutableIntArray labels;

  private ImageFolder(Path folder, ImmutableList<String> classes, ImageFiles images) {
    this.classes = classes;
    this.images = images;
    ImmutableIntArray.Builder indices = ImmutableIntArray.builder();
    for (Path file : images.files()) {
      indices.add(classes.indexOf(folder.relativize(file).getName(0).toString()));
    }
    this.labels = indices.build();
  }

  /**
   * Finds the images; the classes are the names of the folders, sorted.
   *
   * @param folder a folder with one folder for each class
   * @param preprocessing what is done to each image
   * @param damaged what to do about files that are not whole images
   * @return the images, sorted by class and name
   * @throws FormatException if a file is not a whole image and damaged files are to fail
   * @throws DataException if the folder cannot be read, or has no folders with images in them
   */
  public static ImageFolder in(
      Path folder, ImagePreprocessing preprocessing, DamagedFiles damaged) {
    List<Path> directories = directoriesIn(folder);
    return in(folder, directories, namesOf(folder, directories), preprocessing, damaged);
  }

  /**
   * Finds the classes of a folder: the names of the folders in it, sorted. A link to a folder that
   * it is in is no class and is left out with a warning.
   *
   * @param folder a folder with one folder for each class
   * @return the names, at least one
   * @throws DataException if the folder cannot be read, or has no folder in it
   */
  public static ImmutableList<String> classesIn(Path folder) {
    return namesOf(folder, directoriesIn(folder));
  }

  private static List<Path> directoriesIn(Path folder) {
    return ImageFiles.list(folder)
        .filter(Files::isDirectory)
        .filter(directory -> !leadsBack(directory, folder))
        .toList();
  }

  private static boolean leadsBack(Path directory, Path folder) {
    try {
      return FolderLoops.leadsBack(directory, folder);
    } catch (IOException e) {
      throw DataException.unreadable(directory, e);
    }
  }

  private static ImmutableList<String> namesOf(Path folder, List<Path> directories) {
    if (directories.isEmpty()) {
      throw noImages(folder);
    }
    return directories.stream().map(ImageFolder::name).collect(ImmutableList.toImmutableList());
  }

  private static DataException noImages(Path folder) {
    return new DataException(
        "the folder %s must hold images as class/file, found none; images without classes are read by ImageFiles"
            .formatted(folder));
  }

  /**
   * Finds the images of a network's classes, which need not all occur.
   *
   * @param folder a folder with folders named like classes
   * @param classes the names of the classes in the order of the network's outputs
   * @param preprocessing what is done to each image
   * @param damaged what to do about files that are not whole images
   * @return the images, sorted by folder and name
   * @throws FormatException if a file is not a whole image and damaged files are to fail
   * @throws DataException if the folder cannot be read, has a folder that is none of the classes,
   *     or holds no images
   */
  public static ImageFolder in(
      Path folder, List<String> classes, ImagePreprocessing preprocessing, DamagedFiles damaged) {
    return in(folder, directoriesIn(folder), classes, preprocessing, damaged);
  }

  private static ImageFolder in(
      Path folder,
      List<Path> directories,
      List<String> classes,
      ImagePreprocessing preprocessing,
      DamagedFiles damaged) {
    ImmutableListMultimap.Builder<String, Path> files = ImmutableListMultimap.builder();
    for (Path directory : directories) {
      if (!classes.contains(name(directory))) {
        throw new DataException(
            "the folder %s must be named like one of the %s classes, found \"%s\""
                .formatted(directory, classes.size(), name(directory)));
      }
      files.putAll(name(directory), FolderLoops.filesOnlyIn(directory));
    }
    ImageFiles images = ImageFiles.of(files.build().values().asList(), preprocessing, damaged);
    if (images.size() == 0) {
      throw noImages(folder);
    }
    return new ImageFolder(folder, ImmutableList.copyOf(classes), images);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** {@return the names of the classes, in the order of the labels} */
  public ImmutableList<String> classes() {
    return classes;
  }

  /** {@return the images without their labels, and what was skipped} */
  public ImageFiles images() {
    return images;
  }

  /** {@return the label of each image} */
  public ImmutableIntArray labels() {
    return labels;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public ImmutableIntArray inputShape() {
    return images.inputShape();
  }

  @Override
  public Task task() {
    return Task.MULTICLASS;
  }

  @Override
  public int outputs() {
    return classes.size();
  }

  @Override
  public boolean readsFiles() {
    return images.readsFiles();
  }

  @Override
  public Batch batch(int... rows) {
    float[] batchLabels = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      batchLabels[i] = labels.get(rows[i]);
    }
    return new Batch(images.read(rows), FloatArray.of(batchLabels, rows.length));
  }
}
