package org.xgradient.data.image;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks through folders by links, too, and leaves those out that lead back to where they are. */
final class FolderLoops {

  private static final Logger LOGGER = LoggerFactory.getLogger(FolderLoops.class);

  private FolderLoops() {}

  /**
   * {@return the files of a folder and of the folders in it that are not hidden, sorted}
   *
   * @throws IOException if a folder cannot be read
   */
  static List<Path> filesIn(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file)) {
              files.add(file);
            } else if (!isHidden(file)) {
              warnOfNothing(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (isHidden(file)) {
              return FileVisitResult.CONTINUE;
            }
            if (!(failure instanceof FileSystemLoopException)) {
              throw failure;
            }
            warn(file);
            return FileVisitResult.CONTINUE;
          }

          private boolean isHidden(Path path) {
            return !path.equals(folder) && path.getFileName().toString().startsWith(".");
          }
        });
    files.sort(null);
    return files;
  }

  /**
   * Says whether a folder is one that it is in, by a link, and warns if it is.
   *
   * @param inner a folder in the other
   * @param folder the other folder
   * @throws IOException if one cannot be read
   */
  static boolean leadsBack(Path inner, Path folder) throws IOException {
    boolean leadsBack = folder.toRealPath().startsWith(inner.toRealPath());
    if (leadsBack) {
      warn(inner);
    }
    return leadsBack;
  }

  /**
   * {@return the files of a folder, without those of its sub-folders and what is hidden, sorted}
   *
   * @throws org.xgradient.data.DataException if the folder cannot be read
   */
  static List<Path> filesOnlyIn(Path folder) {
    return ImageFiles.list(folder)
        .peek(FolderLoops::warnOfNothing)
        .filter(Files::isRegularFile)
        .toList();
  }

  /** An image that someone moved away is missed in the results, and not seen in the folder. */
  private static void warnOfNothing(Path file) {
    if (Files.isSymbolicLink(file) && !Files.exists(file)) {
      LOGGER.warn(
          "left out {}, because it is a link to nothing; copy what it should lead to", file);
    }
  }

  private static void warn(Path link) {
    LOGGER.warn("left out {}, because it is a link to a folder that it is in", link);
  }
}
