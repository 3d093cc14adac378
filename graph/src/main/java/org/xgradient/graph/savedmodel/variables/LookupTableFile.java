package org.xgradient.graph.savedmodel.variables;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.TableContents.Part.InFile;
import org.xgradient.graph.savedmodel.files.ModelFiles;

/**
 * The halves of a lookup table from a file of lines, as TensorFlow's {@code
 * InitializeTableFromTextFileV2} reads it: a carriage return at the end of a line does not count,
 * no empty line stands behind the last line feed, and none may be empty.
 */
final class LookupTableFile {

  /** The largest vocabularies have three million; a line takes many times its bytes. */
  private static final int MOST_LINES = 1 << 22;

  private final String name;
  private final List<ByteString> lines;

  private LookupTableFile(String name, List<ByteString> lines) {
    this.name = name;
    this.lines = lines;
  }

  /**
   * Reads the lines.
   *
   * @param files the files of the SavedModel
   * @param name the file, relative to the model's folder of assets
   * @return the lines
   * @throws DataException if the file is not there, or has more than 2^22 lines
   */
  static LookupTableFile read(ModelFiles files, String name) {
    byte[] bytes = files.readAsset(name);
    List<ByteString> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        add(lines, line(bytes, from, i), name);
        from = i + 1;
      }
    }
    ByteString last = line(bytes, from, bytes.length);
    if (!last.isEmpty()) {
      add(lines, last, name);
    }
    return new LookupTableFile(name, lines);
  }

  private static void add(List<ByteString> lines, ByteString line, String name) {
    if (lines.size() == MOST_LINES) {
      throw new DataException(
          "the file %s of the model must have at most %s lines".formatted(name, MOST_LINES));
    }
    lines.add(line);
  }

  private static ByteString line(byte[] bytes, int from, int end) {
    boolean returns = end > from && bytes[end - 1] == '\r';
    return ByteString.copyFrom(bytes, from, end - from - (returns ? 1 : 0));
  }

  /**
   * The values of one half.
   *
   * @param part where in this file
   * @return the values, of shape {@code [lines]}
   * @throws DataException if the file has too few lines or columns, or a value is no number where
   *     there must be one
   */
  TensorProto tensor(InFile part) {
    if (part.lines() > lines.size()) {
      throw new DataException(
          "the file %s of the model must have %s lines, found %s"
              .formatted(name, part.lines(), lines.size()));
    }
    int counted = part.lines() < 0 ? lines.size() : (int) part.lines();
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(part.type())
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(counted)));
    for (int i = 0; i < counted; i++) {
      try {
        add(tensor, part, i);
      } catch (NumberFormatException e) {
        throw new DataException(
            "line %s of the file %s of the model must have a value of type %s, found %s"
                .formatted(i + 1, name, part.type(), e.getMessage()),
            e);
      }
    }
    return tensor.build();
  }

  private void add(TensorProto.Builder tensor, InFile part, int line) {
    if (part.column() == InFile.LINE_NUMBER) {
      tensor.addInt64Val(line + part.offset());
      return;
    }
    if (lines.get(line).isEmpty()) {
      throw new DataException(
          "line %s of the file %s of the model must not be empty".formatted(line + 1, name));
    }
    ByteString value = value(part, line);
    switch (part.type()) {
      case DT_STRING -> tensor.addStringVal(value);
      case DT_INT64 -> tensor.addInt64Val(Long.parseLong(text(value)));
      case DT_INT32 -> tensor.addIntVal(Integer.parseInt(text(value)));
      case DT_FLOAT -> tensor.addFloatVal(Float.parseFloat(text(value)));
      case DT_DOUBLE -> tensor.addDoubleVal(Double.parseDouble(text(value)));
      default ->
          throw new DataException(
              "a table from a file must be of texts or numbers, found %s".formatted(part.type()));
    }
  }

  private ByteString value(InFile part, int line) {
    ByteString whole = lines.get(line);
    if (part.column() == InFile.WHOLE_LINE) {
      return whole;
    }
    // Bytes as characters, so that texts of any encoding stay what they are.
    String[] columns =
        whole.toString(StandardCharsets.ISO_8859_1).split(Pattern.quote(part.delimiter()), -1);
    if (part.column() < 0 || part.column() >= columns.length) {
      throw new DataException(
          "line %s of the file %s of the model must have a column %s, found %s"
              .formatted(line + 1, name, part.column(), columns.length));
    }
    return ByteString.copyFrom(columns[(int) part.column()], StandardCharsets.ISO_8859_1);
  }

  private static String text(ByteString value) {
    return value.toString(StandardCharsets.UTF_8).strip();
  }
}
