package org.xgradient.data.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.ImmutableIntArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.ByteOrderMark;
import org.xgradient.data.Compression;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;
import org.xgradient.data.table.reading.TableReader;

/**
 * Reads texts, a line each or a row of a table each, with or without labels. Blank lines are
 * skipped. A byte-order mark names the encoding; compressed files are decompressed.
 */
public final class TextReader {

  private static final TextReader DEFAULTS =
      new TextReader(
          StandardCharsets.UTF_8,
          TableReader.withDefaults(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_QUOTED = 60;

  /** As in {@code NUM:count}; what ends with a colon may be a word of a text. */
  private static final Pattern COARSE_AND_FINE = Pattern.compile("[\\p{L}_]+(:[\\p{L}_]+)?");

  private final Charset encoding;
  private final TableReader tables;
  private final Optional<LineForm> form;
  private final Optional<String> labelUntil;
  private final Optional<TextClasses> classes;

  private TextReader(
      Charset encoding,
      TableReader tables,
      Optional<LineForm> form,
      Optional<String> labelUntil,
      Optional<TextClasses> classes) {
    this.encoding = encoding;
    this.tables = tables;
    this.form = form;
    this.labelUntil = labelUntil;
    this.classes = classes;
  }

  /** {@return a reader of UTF-8 that finds out where labels stand and takes them whole} */
  public static TextReader withDefaults() {
    return DEFAULTS;
  }

  /**
   * Sets the encoding.
   *
   * @param encoding the encoding of the file
   * @return a copy with this encoding
   */
  public TextReader withEncoding(Charset encoding) {
    return new TextReader(encoding, tables, form, labelUntil, classes);
  }

  /**
   * Sets how the rows of tables are written.
   *
   * @param tables knows what stands between cells, and whether there is a header; its encoding does
   *     not count
   * @return a copy with this choice
   */
  public TextReader withTables(TableReader tables) {
    return new TextReader(encoding, tables, form, labelUntil, classes);
  }

  /**
   * Sets where the label of a line stands.
   *
   * @param form where
   * @return a copy with this form
   */
  public TextReader withForm(LineForm form) {
    return new TextReader(encoding, tables, Optional.of(form), labelUntil, classes);
  }

  /**
   * Takes only the beginning of each label.
   *
   * @param end what ends it, such as the colon of {@code COARSE:fine}; a label without it is taken
   *     whole
   * @return a copy with this choice
   * @throws IllegalArgumentException if that is empty
   */
  public TextReader withLabelUntil(String end) {
    checkArgument(!end.isEmpty(), "what ends a label must not be empty");
    return new TextReader(encoding, tables, form, Optional.of(end), classes);
  }

  /**
   * Lets labels be missing: lines are texts as a whole if there is none of these classes on them.
   *
   * @param known the classes that labels may name
   * @return a copy with this choice
   */
  public TextReader withOptionalLabels(TextClasses known) {
    return new TextReader(encoding, tables, form, labelUntil, Optional.of(known));
  }

  /** {@return the encoding} */
  public Charset encoding() {
    return encoding;
  }

  /**
   * Reads a file of lines.
   *
   * @param file the file
   * @return the texts; without labels if the form says that there are none
   * @throws DataException if it can't be read, is not of the encoding, has no texts, or a line has
   *     no label or no text; the message has its number
   */
  public LabelledTexts readLines(Path file) {
    ImmutableList<String> all = lines(file);
    ImmutableList<String> written =
        all.stream().filter(line -> !line.isBlank()).collect(ImmutableList.toImmutableList());
    if (written.isEmpty()) {
      throw new DataException(
          "%s has no texts; give a file with a text on each line".formatted(file));
    }
    if (written.stream().allMatch(line -> line.startsWith("{") && line.endsWith("}"))) {
      throw new DataException(
          "%s has JSON on each line; write a table of it, in Python by pandas.read_json(FILE, lines=True).to_csv(TABLE, index=False), and give that (--data TABLE --text COLUMN)"
              .formatted(file));
    }
    LineForm found =
        form.orElseGet(
            () ->
                classes.isPresent()
                    ? known(file, all, classes.get())
                    : LineForm.of(written).orElseThrow(() -> unknownForm(file, all)));
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    ImmutableList.Builder<String> labels = ImmutableList.builder();
    ImmutableIntArray.Builder numbers = ImmutableIntArray.builder(written.size());
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).isBlank()) {
        LineForm.Parts parts = parts(file, i + 1, found, all.get(i));
        texts.add(parts.text());
        labels.add(
            found == LineForm.NONE
                ? parts.label()
                : label("line %s of %s".formatted(i + 1, file), parts.label()));
        numbers.add(i + 1);
      }
    }
    return new LabelledTexts(
        texts.build(),
        found == LineForm.NONE ? Optional.empty() : Optional.of(labels.build()),
        numbers.build(),
        LabelledTexts.Unit.LINE);
  }

  /**
   * Where labels stand that name classes; if no line has one, there are none.
   *
   * @throws DataException if some lines have one, and others do not, or if they have labels of
   *     another kind
   */
  private LineForm known(Path file, ImmutableList<String> lines, TextClasses known) {
    for (LineForm candidate : List.of(LineForm.TAB, LineForm.TAB_AT_END, LineForm.FIRST_WORD)) {
      List<Integer> without = new ArrayList<>();
      int labelled = 0;
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          if (isLabelled(candidate, lines.get(i), known)) {
            labelled++;
          } else if (!candidate.isOn(lines.get(i))) {
            without.add(i);
          }
        }
      }
      if (labelled > 0 && !without.isEmpty()) {
        int first = without.get(0);
        throw new DataException(
            "line %s of %s must have a label and a text, as %s other lines have, found \"%s\"; mend it, or say that no line has a label with --lines none"
                .formatted(first + 1, file, labelled, shortened(lines.get(first))));
      }
      if (labelled > 0) {
        return candidate;
      }
    }
    checkNoOtherLabels(file, lines, known);
    return LineForm.NONE;
  }

  /** What each line begins with, and many of them alike, is no word of a text. */
  private void checkNoOtherLabels(Path file, ImmutableList<String> lines, TextClasses known) {
    ImmutableList<String> written =
        lines.stream().filter(line -> !line.isBlank()).collect(ImmutableList.toImmutableList());
    for (LineForm candidate : List.of(LineForm.TAB, LineForm.TAB_AT_END, LineForm.FIRST_WORD)) {
      if (!written.stream().allMatch(candidate::isOn)) {
        continue;
      }
      ImmutableSet<String> labels =
          written.stream()
              .map(line -> beginning(candidate.split(line).orElseThrow().label()))
              .collect(ImmutableSet.toImmutableSet());
      boolean meant =
          candidate != LineForm.FIRST_WORD
              || labels.stream().allMatch(COARSE_AND_FINE.asMatchPredicate());
      if (meant && 2 * labels.size() <= written.size()) {
        throw new DataException(
            "%s has labels that the model does not have: %s, not %s; give texts with its labels, or take the lines whole with --lines none"
                .formatted(
                    file,
                    shortened(String.join(", ", labels)),
                    shortened(String.join(", ", known.names()))));
      }
    }
  }

  private boolean isLabelled(LineForm candidate, String line, TextClasses known) {
    return candidate.isOn(line)
        && candidate
            .split(line)
            .filter(parts -> known.names().contains(beginning(parts.label())))
            .isPresent();
  }

  private static String shortened(String line) {
    return line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "...";
  }

  /** The first line that has no label where most have one. */
  private static DataException unknownForm(Path file, ImmutableList<String> lines) {
    LineForm usual =
        Stream.of(LineForm.TAB, LineForm.FIRST_WORD)
            .max(Comparator.comparingLong(form -> lines.stream().filter(form::isOn).count()))
            .orElseThrow();
    int odd = Iterables.indexOf(lines, line -> !line.isBlank() && !usual.isOn(line));
    return new DataException(
        ("%s must have label, tab and text on each line, or COARSE:fine and the text, found neither on"
                + " line %s (\"%s\"); mend it, or say where labels stand with --lines tab, tab-at-end,"
                + " first-word or none")
            .formatted(file, odd + 1, shortened(lines.get(odd))));
  }

  private static LineForm.Parts parts(Path file, int number, LineForm form, String line) {
    LineForm.Parts parts =
        form.split(line)
            .orElseThrow(
                () ->
                    new DataException(
                        "line %s of %s must be a label, a %s and a text, found no %s; correct it"
                            .formatted(
                                number,
                                file,
                                form == LineForm.FIRST_WORD ? "space" : "tab",
                                form == LineForm.FIRST_WORD ? "space" : "tab")));
    if (parts.text().isBlank()) {
      throw new DataException(
          "line %s of %s has a label and no text; give it one, or delete the line"
              .formatted(number, file));
    }
    return parts;
  }

  private String beginning(String label) {
    int end = labelUntil.map(label::indexOf).orElse(-1);
    return (end < 0 ? label : label.substring(0, end)).strip();
  }

  /** What is taken of a label, at a place of a file. */
  private String label(String place, String whole) {
    String taken = beginning(whole);
    if (taken.isEmpty()) {
      throw new DataException(
          "%s has an empty label%s; give it one, or delete it"
              .formatted(place, labelUntil.map(until -> " before \"" + until + "\"").orElse("")));
    }
    return taken;
  }

  /**
   * Reads columns of a table with a header.
   *
   * @param file a CSV file
   * @param text the name of the column of texts
   * @param label the name of the column of labels; empty if it is not needed
   * @return the texts
   * @throws DataException if it can't be read, is not of the encoding, has no such column or no
   *     rows, or a cell or a label is empty; the message has its row, from 1, the header not
   *     counted
   */
  public LabelledTexts readTable(Path file, String text, Optional<String> label) {
    if (!isPipe(file)) {
      // Says where a text is not of its encoding.
      decode(file);
    }
    return TableOfTexts.read(file, tables.withEncoding(encoding), text, label, this::label);
  }

  private ImmutableList<String> lines(Path file) {
    return decode(file).lines().collect(ImmutableList.toImmutableList());
  }

  private String decode(Path file) {
    byte[] bytes = read(file);
    Charset charset = marked(bytes).orElse(encoding);
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    String text;
    try {
      text = decoder.decode(in).toString();
    } catch (CharacterCodingException e) {
      // What is wrong may be that something is missing at the end.
      throw notOfTheEncoding(file, charset, bytes, Math.min(in.position(), bytes.length - 1));
    }
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new DataException(
          "%s is no text in %s: character %s is NUL, which stands between letters where a text in UTF-16 is read as something else; name its encoding with --encoding, such as UTF-16LE"
              .formatted(file, charset.name(), nul + 1));
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static byte[] read(Path file) {
    byte[] bytes = isPipe(file) ? piped(file) : RegularFiles.read(file, MOST_BYTES);
    try (InputStream text = Compression.decompressed(new ByteArrayInputStream(bytes), file)) {
      byte[] whole = ByteStreams.limit(text, MOST_BYTES + 1L).readAllBytes();
      if (whole.length > MOST_BYTES) {
        throw new DataException(
            "%s must have at most %s bytes when it is decompressed, found more"
                .formatted(file, MOST_BYTES));
      }
      return whole;
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static boolean isPipe(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static byte[] piped(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = ByteStreams.limit(in, MOST_BYTES + 1L).readAllBytes();
      if (bytes.length > MOST_BYTES) {
        throw new DataException(
            "%s must give at most %s bytes, found more".formatted(file, MOST_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** The encoding that a byte-order mark names, if there is one. */
  private static Optional<Charset> marked(byte[] bytes) {
    return Stream.of(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
        .filter(
            mark ->
                bytes.length >= mark.length()
                    && Arrays.equals(mark.getBytes(), Arrays.copyOf(bytes, mark.length())))
        .map(mark -> Charset.forName(mark.getCharsetName()))
        .findFirst();
  }

  private static DataException notOfTheEncoding(
      Path file, Charset charset, byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return new DataException(
        "%s is not %s: line %s, byte offset %s has 0x%02X; name its encoding with --encoding, such as ISO-8859-1"
            .formatted(file, charset.name(), line, offset, bytes[offset] & 0xFF));
  }
}
