package org.xgradient.data.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;

/** NumPy's npz format: a zip archive of npy files, stored or deflated. */
public final class Npz {

  private static final String EXTENSION = ".npy";

  private Npz() {}

  /**
   * Reads all arrays. Together they may take 64 MiB, or a hundred times the file's size if that is
   * more; an archive that claims more is refused before anything is allocated.
   *
   * @param file an npz file
   * @return the arrays in the order of the archive, named as their entries without {@code .npy}
   * @throws FormatException if the file is not a whole archive of arrays of numbers
   * @throws DataException if it cannot be read
   */
  public static NamedArrays read(Path file) {
    RegularFiles.check(file);
    try (CheckedZip zip = CheckedZip.open(file)) {
      AllocationBudget budget = new AllocationBudget(file, Files.size(file));
      Map<String, FloatArray> arrays = new LinkedHashMap<>();
      for (String entry : zip.names()) {
        if (!entry.endsWith(EXTENSION)) {
          throw new FormatException(file, "zip entry", "a file *" + EXTENSION, entry);
        }
        String name = entry.substring(0, entry.length() - EXTENSION.length());
        arrays.put(
            name,
            zip.read(entry, (in, bytes) -> Npy.read(file, "array " + name, in, bytes, budget)));
      }
      return NamedArrays.of(arrays);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
