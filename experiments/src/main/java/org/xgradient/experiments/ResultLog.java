package org.xgradient.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xgradient.data.DataException;

/**
 * The results of an experiment in a file that grows line by line, so that work which was killed can
 * go on.
 *
 * <p>The first line says what the results depend on; each of the others is a piece and its result,
 * on the disk before {@link #append} returns. A last line without its end is what a kill left, and
 * is dropped. Used by one thread.
 *
 * @param <T> a piece of the work
 * @param <R> what comes out of a piece
 */
public final class ResultLog<T, R> implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;
  private final Map<T, R> results = new LinkedHashMap<>();

  /** A line. */
  private record Row<T, R>(T task, R result) {}

  private ResultLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a log, new or to go on with.
   *
   * @param file the file, created if it is not there
   * @param facts what the results depend on: configuration, data
   * @param task the record of a piece
   * @param result the record of a result
   * @return the log, with the results that are in it
   * @param <T> a piece of the work
   * @param <R> what comes out of a piece
   * @throws DataException if the results in it depend on other facts, or a line other than the last
   *     is damaged
   * @throws IOException if the file cannot be read or written
   */
  public static <T, R> ResultLog<T, R> open(
      Path file, ImmutableMap<String, String> facts, Class<T> task, Class<R> result)
      throws IOException {
    String content = Files.exists(file) ? Files.readString(file) : "";
    // What follows the last line end was being written when the process died.
    String whole = content.substring(0, content.lastIndexOf('\n') + 1);
    var log = new ResultLog<T, R>(file, FileChannel.open(file, CREATE, WRITE));
    try {
      long length = whole.getBytes(UTF_8).length;
      log.channel.truncate(length);
      log.channel.position(length);
      if (whole.isEmpty()) {
        log.write(ExperimentJson.write(facts));
      } else {
        log.read(whole, facts, task, result);
      }
      return log;
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** {@return the results so far, in the order in which they were added} */
  public ImmutableMap<T, R> results() {
    return ImmutableMap.copyOf(results);
  }

  /**
   * Adds a result.
   *
   * @param task the piece
   * @param result what came out
   * @throws IOException if it cannot be written
   */
  public void append(T task, R result) throws IOException {
    write(ExperimentJson.write(new Row<>(task, result)));
    results.put(task, result);
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = UTF_8.encode(line + "\n");
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  private void read(
      String content, ImmutableMap<String, String> facts, Class<T> task, Class<R> result) {
    JavaType type =
        ExperimentJson.MAPPER.getTypeFactory().constructParametricType(Row.class, task, result);
    int number = 0;
    for (String line : content.lines().toList()) {
      number++;
      try {
        if (number == 1) {
          checkFacts(ExperimentJson.MAPPER.readTree(line), facts);
        } else {
          Row<T, R> row = ExperimentJson.MAPPER.readValue(line, type);
          results.put(row.task(), row.result());
        }
      } catch (JsonProcessingException e) {
        throw new DataException(
            "line %s of %s is damaged; delete this line and those after it, or start anew in another directory"
                .formatted(number, file),
            e);
      }
    }
  }

  private void checkFacts(JsonNode found, ImmutableMap<String, String> facts) {
    JsonNode expected = ExperimentJson.MAPPER.valueToTree(facts);
    if (found.equals(expected)) {
      return;
    }
    String differing =
        facts.keySet().stream()
            .filter(fact -> !expected.path(fact).equals(found.path(fact)))
            .findFirst()
            .orElse("the facts");
    throw new DataException(
        ("the results in %s are of another run: %s must be %s, found %s; go on with the same"
                + " configuration and data, or start anew in another directory")
            .formatted(
                file,
                differing,
                expected.path(differing).asText("none"),
                found.path(differing).asText("none")));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
