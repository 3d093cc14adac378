package org.xgradient.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.xgradient.data.AtomicFiles;

/** Writes JSON, indented, in UTF-8, whole or not at all. */
public final class JsonFile {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();

  private JsonFile() {}

  /**
   * Writes a file, or replaces it. Numbers that JSON has no form for are written as the texts
   * {@code "NaN"} and {@code "Infinity"}, which most readers turn back into numbers.
   *
   * @param file where to
   * @param value a record, map, list, array, text or number, or a tree of them
   * @throws IOException if the value has no form in JSON or the file cannot be written; nothing has
   *     changed then
   */
  public static void write(Path file, Object value) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          MAPPER.writeValue(out, value);
          out.write('\n');
        });
  }
}
