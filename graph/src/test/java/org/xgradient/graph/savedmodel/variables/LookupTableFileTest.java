package org.xgradient.graph.savedmodel.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.TableContents.Part.InFile;
import org.xgradient.graph.savedmodel.files.ModelFiles;

/** Tables of files, against TensorFlow's own reading of them. */
class LookupTableFileTest {

  @TempDir Path model;

  private Path write(String content) throws IOException {
    Path file = model.resolve("assets/words.txt");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content.translateEscapes());
  }

  private static InFile part(
      DataType type, long column, String delimiter, long offset, long lines) {
    return new InFile("words.txt", type, column, delimiter, offset, lines);
  }

  private TensorProto read(InFile part) {
    return LookupTableFile.read(ModelFiles.of(model), part.asset()).tensor(part);
  }

  private static List<String> texts(TensorProto tensor) {
    List<String> texts = new ArrayList<>();
    tensor.getStringValList().forEach(value -> texts.add(value.toStringUtf8()));
    tensor.getInt64ValList().forEach(value -> texts.add(value.toString()));
    tensor.getFloatValList().forEach(value -> texts.add(value.toString()));
    return texts;
  }

  /** Content, types, columns, delimiter, offset, number of lines. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "`a\\nb\\nü c\\n` | DT_STRING | -2 | DT_INT64 | -1 | `\t` | 0 | -1",
        "`a\\nb\\nc` | DT_STRING | -2 | DT_INT64 | -1 | `\t` | 2 | -1",
        "`a\\r\\nb b\\r\\nc\\r\\n` | DT_STRING | -2 | DT_INT64 | -1 | `\t` | 0 | 3",
        "`a\\nb\\n\\r` | DT_STRING | -2 | DT_INT64 | -1 | `\t` | 0 | -1",
        "`a\\nb\\r` | DT_STRING | -2 | DT_INT64 | -1 | `\t` | 0 | -1",
        "`a\\r\\r\\nb\\n\\r\\r` | DT_STRING | -2 | DT_INT64 | -1 | `\t` | 0 | -1",
        "`a\\rb\\nc\\n` | DT_STRING | -2 | DT_INT64 | -1 | `\t` | 0 | -1",
        "`x\\ty\\nz\\tw\\n` | DT_STRING | 0 | DT_STRING | 1 | `\t` | 0 | -1",
        "`x,1,7\\ny,-2,8\\n` | DT_STRING | 0 | DT_INT64 | 1 | , | 0 | -1",
        "`x,1,7\\ny,-2,8\\n` | DT_STRING | 0 | DT_INT64 | 2 | , | 5 | -1",
        "`x,1.5\\ny,-2e3\\n` | DT_STRING | 0 | DT_FLOAT | 1 | , | 0 | -1",
        "`10\\n20\\n30\\n` | DT_INT64 | -2 | DT_INT64 | -1 | `\t` | 0 | -1",
        "`10\\n20\\n30\\n` | DT_INT64 | -2 | DT_INT64 | -1 | `\t` | 4 | -1",
        "`a\\nb\\nc\\n` | DT_INT64 | -1 | DT_STRING | -2 | `\t` | 0 | 2",
        "`a\\nb\\nc\\n` | DT_INT64 | -1 | DT_STRING | -2 | `\t` | 3 | -1",
      })
  void areWhatTensorFlowReads(
      String content,
      DataType keyType,
      long key,
      DataType valueType,
      long value,
      String delimiter,
      long offset,
      long lines)
      throws IOException {
    Path file = write(content);
    Map<String, String> read = new TreeMap<>();
    List<String> keys = texts(read(part(keyType, key, delimiter, offset, lines)));
    List<String> values = texts(read(part(valueType, value, delimiter, offset, lines)));
    assertThat(values).hasSameSizeAs(keys);
    for (int i = 0; i < keys.size(); i++) {
      read.put(keys.get(i), values.get(i));
    }
    assertThat(read)
        .isNotEmpty()
        .isEqualTo(byTensorFlow(file, keyType, key, valueType, value, delimiter, offset, lines));
  }

  private static Map<String, String> byTensorFlow(
      Path file,
      DataType keyType,
      long key,
      DataType valueType,
      long value,
      String delimiter,
      long offset,
      long lines) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var table =
          tf.scope()
              .opBuilder("HashTableV2", "table")
              .setAttr("key_dtype", keyType)
              .setAttr("value_dtype", valueType)
              .build()
              .output(0);
      Operation fill =
          tf.scope()
              .opBuilder("InitializeTableFromTextFileV2", "fill")
              .addInput(table)
              .addInput(tf.constant(file.toString()).asOutput())
              .setAttr("key_index", key)
              .setAttr("value_index", value)
              .setAttr("delimiter", delimiter)
              .setAttr("offset", offset)
              .setAttr("vocab_size", lines)
              .build();
      Operation export =
          tf.scope()
              .opBuilder("LookupTableExportV2", "export")
              .addInput(table)
              .setAttr("Tkeys", keyType)
              .setAttr("Tvalues", valueType)
              .build();
      session.runner().addTarget(fill).run().close();
      try (Result result = session.runner().fetch(export.output(0)).fetch(export.output(1)).run()) {
        List<String> keys = texts(result.get(0));
        List<String> values = texts(result.get(1));
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
          found.put(keys.get(i), values.get(i));
        }
        return found;
      }
    }
  }

  private static List<String> texts(Tensor tensor) {
    List<String> texts = new ArrayList<>();
    if (tensor instanceof TString strings) {
      strings.scalars().forEach(value -> texts.add(value.getObject()));
    } else if (tensor instanceof TInt64 integers) {
      integers.scalars().forEach(value -> texts.add(Long.toString(value.getLong())));
    } else {
      ((TFloat32) tensor).scalars().forEach(value -> texts.add(Float.toString(value.getFloat())));
    }
    return texts;
  }

  /** Texts of any encoding are bytes. */
  @Test
  void keepBytes() throws IOException {
    Path file = write("");
    Files.write(file, "é\tx\n".getBytes(StandardCharsets.ISO_8859_1));
    TensorProto read = read(part(DataType.DT_STRING, 0, "\t", 0, -1));
    assertThat(read.getStringVal(0).toByteArray()).containsExactly((byte) 0xe9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DT_INT64 | -2 | -1 | line 1 of the file words.txt of the model must have a value of type DT_INT64, found For input string: \"a\"",
        "DT_STRING | 1 | -1 | line 1 of the file words.txt of the model must have a column 1, found 1",
        "DT_STRING | -2 | 4 | must have 4 lines, found 2",
        "DT_BOOL | -2 | -1 | must be of texts or numbers, found DT_BOOL",
      })
  void areRefusedWithTheirPlace(DataType type, long column, long lines, String message)
      throws IOException {
    write("a\\nb\\n");
    assertThatThrownBy(() -> read(part(type, column, "\t", 0, lines)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void haveNoEmptyLines() throws IOException {
    write("a\\n\\nb\\n");
    assertThatThrownBy(() -> read(part(DataType.DT_STRING, -2, "\t", 0, -1)))
        .isInstanceOf(DataException.class)
        .hasMessage("line 2 of the file words.txt of the model must not be empty");
  }

  @ParameterizedTest
  @CsvSource({"../secret.txt", "/etc/passwd", "a/../../secret.txt", "..\\secret.txt"})
  void areFilesOfTheModel(String name) throws IOException {
    write("a");
    Files.writeString(model.resolve("secret.txt"), "b");
    assertThatThrownBy(() -> ModelFiles.of(model).readAsset(name))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be that of a file in assets, found " + name);
  }

  @Test
  void haveALimitedNumberOfLines() throws IOException {
    byte[] lines = new byte[2 * (1 << 22)];
    for (int i = 0; i < lines.length; i += 2) {
      lines[i] = 'a';
      lines[i + 1] = '\n';
    }
    Path file = write("");
    Files.write(file, lines);
    InFile numbers = part(DataType.DT_INT64, InFile.LINE_NUMBER, "\t", 0, -1);
    assertThat(read(numbers).getInt64ValCount()).isEqualTo(1 << 22);
    Files.write(file, new byte[] {'a'}, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> read(numbers))
        .isInstanceOf(DataException.class)
        .hasMessage("the file words.txt of the model must have at most 4194304 lines");
  }

  @Test
  void areNoLinksOutOfTheirFolder() throws IOException {
    Files.delete(write("a"));
    Path inside = Files.writeString(model.resolve("secret.txt"), "b");
    Files.createSymbolicLink(model.resolve("assets/words.txt"), inside);
    assertThatThrownBy(() -> ModelFiles.of(model).readAsset("words.txt"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be in the model's folder assets, found a link to");
  }

  @Test
  void areNoLinksOutOfTheModel() throws IOException {
    Files.delete(write("a"));
    Path outside = Files.createTempFile(model.getParent(), "outside", ".txt");
    Files.createSymbolicLink(model.resolve("assets/words.txt"), outside);
    assertThatThrownBy(() -> ModelFiles.of(model).readAsset("words.txt"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "assets/words.txt must be in the model's folder assets, found a link to %s; put a copy in"
                + " its place",
            outside.toRealPath());
    assertThatThrownBy(() -> ModelFiles.of(model).readAsset("none.txt"))
        .isInstanceOf(DataException.class)
        .hasMessage("it must have the file assets/none.txt, found none");
    Files.delete(outside);
  }
}
