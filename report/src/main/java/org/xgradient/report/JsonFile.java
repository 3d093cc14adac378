package org.xgradient.report;

import java.io.IOException;
import java.nio.file.Path;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.json.Json;

/** Writes JSON, indented, in UTF-8, whole or not at all. */
public final class JsonFile {

  private JsonFile() {}

  /**
   * Writes a file, or replaces it. Numbers that JSON has no form for are written as the texts
   * {@code "NaN"} and {@code "Infinity"}, which most readers turn back into numbers.
   *
   * @param file where to
   * @param value a record, map, list, array, text or number, or a tree of them
   * @throws IllegalArgumentException if the value has no form in JSON
   * @throws IOException if the file cannot be written; nothing has changed then
   */
  public static void write(Path file, Object value) throws IOException {
    AtomicFiles.writeText(file, Json.indented(value) + "\n");
  }
}
