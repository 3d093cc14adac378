package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.xgradient.data.DataException;

/**
 * What a command is called with: {@code @FILE} stands for the arguments in a file, which may name
 * further files, and {@code @@} for an argument that begins with {@code @}.
 *
 * @param given the arguments as they were given
 * @param expanded those in the files in place of the files
 * @param files the files
 */
public record Arguments(
    ImmutableList<String> given, ImmutableList<String> expanded, ImmutableSet<Path> files) {

  private static final String MARK = "@";
  private static final int MOST_BYTES = 1 << 20;

  /**
   * Reads the files.
   *
   * @param given the arguments as they were given
   * @throws DataException if a file can't be read, or names itself
   */
  public static Arguments of(String... given) {
    ImmutableList.Builder<String> expanded = ImmutableList.builder();
    Set<Path> files = new LinkedHashSet<>();
    Arrays.stream(given).forEach(argument -> expand(argument, expanded, files, new ArrayDeque<>()));
    return new Arguments(ImmutableList.copyOf(given), expanded.build(), ImmutableSet.copyOf(files));
  }

  private static void expand(
      String argument, ImmutableList.Builder<String> expanded, Set<Path> files, Deque<Path> open) {
    if (!argument.startsWith(MARK) || argument.equals(MARK)) {
      expanded.add(argument);
      return;
    }
    String rest = argument.substring(MARK.length());
    if (rest.startsWith(MARK)) {
      expanded.add(rest);
      return;
    }
    Path file = Path.of(rest);
    if (open.contains(file)) {
      throw new DataException(
          "the file of options %s names itself; take it out of it".formatted(file));
    }
    open.push(file);
    files.add(file);
    ArgumentWords.of(file, text(file)).forEach(word -> expand(word, expanded, files, open));
    open.pop();
  }

  private static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataException(
          "%s must be a file of options, found a directory; name a file".formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = ByteStreams.limit(in, MOST_BYTES + 1L).readAllBytes();
      if (bytes.length > MOST_BYTES) {
        throw new DataException(
            "%s must be a file of options, found one of more than %s bytes; if it is a table, give it with --data and without the @"
                .formatted(file, MOST_BYTES));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new DataException(
          "there is no file of options %s; an argument that begins with @ itself is written with @@"
              .formatted(file),
          e);
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s must be a file of options in UTF-8, found other bytes; write one option a line"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
