package org.xgradient.data.format;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.xgradient.data.FloatArray;

/**
 * The JSON header of a safetensors file.
 *
 * @param tensors the tensors in the order of the header
 * @param metadata the free text
 */
record SafetensorsHeader(ImmutableList<Tensor> tensors, ImmutableMap<String, String> metadata) {

  static final String METADATA = "__metadata__";

  static final ImmutableMap<String, ElementType> TYPES =
      ImmutableMap.<String, ElementType>builder()
          .put("BOOL", ElementType.BOOL)
          .put("I8", ElementType.INT8)
          .put("U8", ElementType.UINT8)
          .put("I16", ElementType.INT16)
          .put("U16", ElementType.UINT16)
          .put("I32", ElementType.INT32)
          .put("U32", ElementType.UINT32)
          .put("I64", ElementType.INT64)
          .put("U64", ElementType.UINT64)
          .put("F16", ElementType.FLOAT16)
          .put("BF16", ElementType.BFLOAT16)
          .put("F32", ElementType.FLOAT32)
          .put("F64", ElementType.FLOAT64)
          .buildOrThrow();

  /** Where a tensor stands: bytes {@code [begin, end)} of what follows the header. */
  record Tensor(String name, ElementType type, ImmutableIntArray shape, long begin, long end) {}

  /**
   * Reads a header.
   *
   * @throws FormatException if it is not valid
   */
  static SafetensorsHeader parse(Path file, byte[] json) {
    try {
      return new SafetensorsHeaderParser(file, json).parse();
    } catch (IOException e) {
      throw new FormatException(file, "header", "JSON", e);
    }
  }

  /**
   * Checks that the tensors fill the file without gaps and overlaps.
   *
   * @param dataBytes how many bytes follow the header
   * @throws FormatException if they don't
   */
  void checkPlaces(Path file, long dataBytes) {
    List<Tensor> ordered =
        tensors.stream()
            .sorted(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end))
            .toList();
    long expected = 0;
    for (Tensor tensor : ordered) {
      long bytes = (long) ArrayShapes.size(tensor.shape().toArray()) * tensor.type().bytes();
      if (tensor.begin() != expected || tensor.end() - tensor.begin() != bytes) {
        throw new FormatException(
            file,
            "tensor \"" + tensor.name() + "\" of shape " + tensor.shape() + ": data_offsets",
            "[" + expected + ", " + (expected + bytes) + "], without gap and overlap",
            "[" + tensor.begin() + ", " + tensor.end() + "]");
      }
      expected = tensor.end();
    }
    if (expected != dataBytes) {
      throw new FormatException(
          file, "length after the header", expected + " bytes for its tensors", dataBytes);
    }
  }

  /**
   * Writes the header of tensors that follow one another as {@code F32}, padded with spaces so that
   * the numbers are aligned.
   */
  static byte[] write(NamedArrays arrays) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      writeMetadata(json, arrays.metadata());
      long begin = 0;
      for (Map.Entry<String, FloatArray> entry : arrays.arrays().entrySet()) {
        begin = writeTensor(json, entry.getKey(), entry.getValue(), begin);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (out.size() % Long.BYTES != 0) {
      out.write(' ');
    }
    return out.toByteArray();
  }

  private static void writeMetadata(JsonGenerator json, ImmutableMap<String, String> metadata)
      throws IOException {
    if (metadata.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(METADATA);
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static long writeTensor(JsonGenerator json, String name, FloatArray array, long begin)
      throws IOException {
    checkArgument(!name.equals(METADATA), "a tensor's name must not be %s", METADATA);
    long end = begin + (long) array.size() * Float.BYTES;
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", "F32");
    int[] shape = array.shape().toArray();
    json.writeFieldName("shape");
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
    return end;
  }
}
