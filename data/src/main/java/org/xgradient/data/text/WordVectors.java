package org.xgradient.data.text;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.xgradient.data.Compression;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;

/**
 * Published vectors of words, in the text forms of word2vec, which begins with a line of two
 * numbers, and of GloVe, which does not: on each line a word and its numbers, separated by spaces.
 *
 * @param dimension the length of a vector
 * @param vectors the vectors of the words that were asked for and are there
 * @param repeated those of these words that are there more than once; the first vector of a word is
 *     taken, as by other readers of such files
 */
@SuppressWarnings("ArrayRecordComponent")
public record WordVectors(
    int dimension, ImmutableMap<String, float[]> vectors, ImmutableSet<String> repeated) {

  private static final String FORM = "give vectors in the text form of word2vec or GloVe";

  /** No other space, for that of Chinese is a word in published files. */
  private static final CharMatcher AROUND = CharMatcher.anyOf(" \t\r");

  /**
   * Reads the vectors of some words; files of gigabytes are read line by line.
   *
   * @param file the file, in UTF-8
   * @param wanted the words
   * @return their vectors
   * @throws DataException if it can't be read, a line is not a word and as many finite numbers as
   *     the others have or the first line says, there are not as many lines as that says, or none
   *     of the words is there
   */
  public static WordVectors read(Path file, Iterable<String> wanted) {
    Set<String> words = new HashSet<>();
    wanted.forEach(words::add);
    Map<String, float[]> found = new HashMap<>();
    Set<String> repeated = new LinkedHashSet<>();
    int dimension = 0;
    int number = 0;
    int vectors = 0;
    OptionalInt announced = OptionalInt.empty();
    // As bytes: a decoder of the whole would read on before it told of a line.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Compression.decompressed(new BufferedInputStream(RegularFiles.open(file)), file),
                StandardCharsets.ISO_8859_1))) {
      for (String bytes = lines.readLine(); bytes != null; bytes = lines.readLine()) {
        number++;
        String line = AROUND.trimFrom(decoded(file, number, bytes));
        if (line.isEmpty()) {
          continue;
        }
        String[] parts = line.split(" +", -1);
        if (number == 1 && parts.length == 2) {
          announced = whole(file, parts[0]);
          dimension = whole(file, parts[1]).getAsInt();
          continue;
        }
        vectors++;
        if (dimension == 0) {
          dimension = parts.length - 1;
        }
        // A word of GloVe may have spaces in it; its numbers are the last.
        int first = parts.length - dimension;
        if (first < 1 || dimension < 1) {
          throw malformed(file, number, dimension, line);
        }
        String word = String.join(" ", java.util.Arrays.asList(parts).subList(0, first));
        if (words.contains(word)) {
          float[] values = numbers(file, number, parts, first);
          if (found.putIfAbsent(word, values) != null) {
            repeated.add(word);
          }
        }
      }
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
    if (announced.isPresent() && announced.getAsInt() != vectors) {
      throw new DataException(
          "%s must have the %s vectors that its first line says, found %s; it is cut, or the line is another's"
              .formatted(file, announced.getAsInt(), vectors));
    }
    if (vectors == 0) {
      throw new DataException(file + " must have vectors of words, found none; " + FORM);
    }
    if (found.isEmpty()) {
      throw new DataException(
          "%s has none of the %s words of the vocabulary; give vectors of the language of the texts, in the case of the words"
              .formatted(file, words.size()));
    }
    return new WordVectors(dimension, ImmutableMap.copyOf(found), ImmutableSet.copyOf(repeated));
  }

  private static OptionalInt whole(Path file, String text) {
    Integer number = Ints.tryParse(text);
    if (number == null || number < 1) {
      throw new DataException(
          ("line 1 of %s must be two whole numbers or a word and its numbers, found \"%s\"; "
                  + FORM)
              .formatted(file, text));
    }
    return OptionalInt.of(number);
  }

  private static String decoded(Path file, int number, String bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s must be in UTF-8, found other bytes in line %s; write it in UTF-8, and vectors in word2vec's binary form as text"
              .formatted(file, number),
          e);
    }
  }

  private static float[] numbers(Path file, int number, String[] parts, int first) {
    float[] values = new float[parts.length - first];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = Float.parseFloat(parts[first + i]);
      } catch (NumberFormatException e) {
        throw new DataException(
            ("line %s of %s must be a word and numbers, found \"%s\"; " + FORM)
                .formatted(number, file, parts[first + i]),
            e);
      }
      if (!Float.isFinite(values[i])) {
        throw new DataException(
            "line %s of %s must have finite numbers, found %s; leave the line out, the word gets a drawn vector"
                .formatted(number, file, parts[first + i]));
      }
    }
    return values;
  }

  private static DataException malformed(Path file, int number, int dimension, String line) {
    return new DataException(
        ("line %s of %s must be a word and %s numbers, found \"%s\"; " + FORM)
            .formatted(
                number,
                file,
                dimension < 1 ? "its" : dimension,
                line.substring(0, Math.min(line.length(), 60))));
  }
}
