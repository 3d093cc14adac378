package org.xgradient.data.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;

/**
 * Reads texts, a line each or a row of a table each, with or without labels. Blank lines are
 * skipped. A byte-order mark at the begin is not text.
 */
public final class TextReader {

  private static final TextReader DEFAULTS =
      new TextReader(StandardCharsets.UTF_8, Optional.empty(), Optional.empty(), true);
  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_QUOTED = 60;

  private final Charset encoding;
  private final Optional<LineForm> form;
  private final Optional<String> labelUntil;
  private final boolean labelsNeeded;

  private TextReader(
      Charset encoding,
      Optional<LineForm> form,
      Optional<String> labelUntil,
      boolean labelsNeeded) {
    this.encoding = encoding;
    this.form = form;
    this.labelUntil = labelUntil;
    this.labelsNeeded = labelsNeeded;
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
    return new TextReader(encoding, form, labelUntil, labelsNeeded);
  }

  /**
   * Sets where the label of a line stands.
   *
   * @param form where
   * @return a copy with this form
   */
  public TextReader withForm(LineForm form) {
    return new TextReader(encoding, Optional.of(form), labelUntil, labelsNeeded);
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
    return new TextReader(encoding, form, Optional.of(end), labelsNeeded);
  }

  /** {@return a copy to which lines are texts as a whole if no label is found on them} */
  public TextReader withLabelsOptional() {
    return new TextReader(encoding, form, labelUntil, false);
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
    LineForm found =
        form.or(() -> LineForm.of(written))
            .or(() -> labelsNeeded ? Optional.empty() : Optional.of(unlabelled(file, all)))
            .orElseThrow(() -> unknownForm(file));
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
   * Texts without labels.
   *
   * @throws DataException if most lines have one, and so the others should
   */
  private static LineForm unlabelled(Path file, ImmutableList<String> lines) {
    for (LineForm form : List.of(LineForm.TAB, LineForm.FIRST_WORD)) {
      long written = lines.stream().filter(line -> !line.isBlank()).count();
      long labelled = lines.stream().filter(form::isOn).count();
      if (2 * labelled > written) {
        for (int i = 0; i < lines.size(); i++) {
          if (!lines.get(i).isBlank() && !form.isOn(lines.get(i))) {
            throw new DataException(
                "line %s of %s must have a label and a text, as %s of %s lines have, found \"%s\"; mend it, or say that no line has a label with --lines none"
                    .formatted(i + 1, file, labelled, written, shortened(lines.get(i))));
          }
        }
      }
    }
    return LineForm.NONE;
  }

  private static String shortened(String line) {
    return line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "...";
  }

  private static DataException unknownForm(Path file) {
    return new DataException(
        ("%s must have label, tab and text on each line, or COARSE:fine and the text, found lines"
                + " that have neither; say which with --lines tab, first-word or none")
            .formatted(file));
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
                                form == LineForm.TAB ? "tab" : "space",
                                form == LineForm.TAB ? "tab" : "space")));
    if (parts.text().isBlank()) {
      throw new DataException(
          "line %s of %s has a label and no text; give it one, or delete the line"
              .formatted(number, file));
    }
    return parts;
  }

  /** What is taken of a label, at a place of a file. */
  private String label(String place, String whole) {
    int end = labelUntil.map(whole::indexOf).orElse(-1);
    String taken = (end < 0 ? whole : whole.substring(0, end)).strip();
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
    return TextTable.read(file, decode(file), text, label, this::label);
  }

  private ImmutableList<String> lines(Path file) {
    return decode(file).lines().collect(ImmutableList.toImmutableList());
  }

  private String decode(Path file) {
    byte[] bytes = RegularFiles.read(file, MOST_BYTES);
    CharsetDecoder decoder =
        encoding
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text = decoder.decode(in).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      // What is wrong may be that something is missing at the end.
      throw notOfTheEncoding(file, bytes, Math.min(in.position(), bytes.length - 1));
    }
  }

  private DataException notOfTheEncoding(Path file, byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return new DataException(
        "%s is not %s: line %s, byte offset %s has 0x%02X; name its encoding with --encoding, such as ISO-8859-1"
            .formatted(file, encoding.name(), line, offset, bytes[offset] & 0xFF));
  }
}
