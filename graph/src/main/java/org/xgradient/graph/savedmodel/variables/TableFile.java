package org.xgradient.graph.savedmodel.variables;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
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
 * One half of a lookup table from a file of lines, as TensorFlow's {@code
 * InitializeTableFromTextFileV2} reads it: carriage returns don't count, no line begins behind the
 * last line feed, and none may be empty.
 */
final class TableFile {

  private final InFile part;
  private final List<ByteString> lines;

  private TableFile(InFile part, List<ByteString> lines) {
    this.part = part;
    this.lines = lines;
  }

  /**
   * Reads the values.
   *
   * @param files the files of the SavedModel
   * @param part where in which file
   * @return the values, of shape {@code [lines]}
   * @throws DataException if the file is not there, has too few lines or columns, or a value is no
   *     number where there must be one
   */
  static TensorProto read(ModelFiles files, InFile part) {
    List<ByteString> lines = lines(files.readAsset(part.asset()));
    if (part.lines() > lines.size()) {
      throw new DataException(
          "the file %s of the model must have %s lines, found %s"
              .formatted(part.asset(), part.lines(), lines.size()));
    }
    int counted = part.lines() < 0 ? lines.size() : (int) part.lines();
    return new TableFile(part, lines.subList(0, counted)).tensor();
  }

  private static List<ByteString> lines(byte[] bytes) {
    List<ByteString> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\n' && bytes[i] != '\r') {
        line.write(bytes[i]);
      }
      if (bytes[i] == '\n' || i == bytes.length - 1) {
        lines.add(ByteString.copyFrom(line.toByteArray()));
        line.reset();
      }
    }
    return lines;
  }

  private TensorProto tensor() {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(part.type())
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(lines.size())));
    for (int i = 0; i < lines.size(); i++) {
      try {
        add(tensor, i);
      } catch (NumberFormatException e) {
        throw new DataException(
            "line %s of the file %s of the model must have a value of type %s, found %s"
                .formatted(i + 1, part.asset(), part.type(), e.getMessage()),
            e);
      }
    }
    return tensor.build();
  }

  private void add(TensorProto.Builder tensor, int line) {
    if (part.column() == InFile.LINE_NUMBER) {
      tensor.addInt64Val(line + part.offset());
      return;
    }
    if (lines.get(line).isEmpty()) {
      throw new DataException(
          "line %s of the file %s of the model must not be empty"
              .formatted(line + 1, part.asset()));
    }
    ByteString value = value(line);
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

  private ByteString value(int line) {
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
              .formatted(line + 1, part.asset(), part.column(), columns.length));
    }
    return ByteString.copyFrom(columns[(int) part.column()], StandardCharsets.ISO_8859_1);
  }

  private static String text(ByteString value) {
    return value.toString(StandardCharsets.UTF_8).strip();
  }
}
