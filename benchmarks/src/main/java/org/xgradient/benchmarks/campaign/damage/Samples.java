package org.xgradient.benchmarks.campaign.damage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Safetensors;

/** Valid files of the formats that are read. */
final class Samples {

  private static final float[] VALUES = {1, -2.5f, 3e-5f, 4, 0, 6};

  private Samples() {}

  static ImmutableList<Sample> csv() {
    StringBuilder text = new StringBuilder("x,noise,town,sick\n");
    for (int i = 0; i < 40; i++) {
      text.append(i % 7 == 0 ? "" : i * 0.25 - 3)
          .append(i % 2 == 0 ? ",1e-3," : ",-7,")
          .append(i % 3 == 0 ? "\"Ulm, old\"" : "York")
          .append(i % 4 < 2 ? ",yes\n" : ",no\n");
    }
    return ImmutableList.of(Sample.of("table.csv", bytes(text.toString())));
  }

  static ImmutableList<Sample> images() throws IOException {
    BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1200; i++) {
      picture.setRGB(i % 40, i / 40, i * 977);
    }
    BufferedImage gray = new BufferedImage(17, 9, BufferedImage.TYPE_BYTE_GRAY);
    return ImmutableList.of(
        encoded(picture, "png"),
        encoded(picture, "jpg"),
        encoded(gray, "png"),
        encoded(gray, "jpg"));
  }

  private static Sample encoded(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, format, bytes);
    return Sample.of("image." + format, bytes.toByteArray());
  }

  static ImmutableList<Sample> idx() throws IOException {
    byte[] plain = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return ImmutableList.of(
        Sample.of("images.idx", plain), Sample.of("images.idx.gz", packed.toByteArray()));
  }

  static ImmutableList<Sample> npy() {
    return ImmutableList.of(Sample.of("array.npy", npyBytes()));
  }

  private static byte[] npyBytes() {
    byte[] header = bytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }      \n");
    return ByteBuffer.allocate(10 + header.length + 4 * VALUES.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length)
        .put(header)
        .put(floats())
        .array();
  }

  static ImmutableList<Sample> npz() throws IOException {
    byte[] archive = ZipDamage.write(Map.of("a.npy", npyBytes(), "b.npy", npyBytes()));
    return ImmutableList.of(Sample.of("arrays.npz", archive));
  }

  static ImmutableList<Sample> safetensors(Path folder) throws IOException {
    Path file = folder.resolve("arrays.safetensors");
    FloatArray array = FloatArray.of(VALUES.clone(), 2, 3);
    Safetensors.write(
        file,
        NamedArrays.of(ImmutableMap.of("a", array, "b", array))
            .withMetadata(ImmutableMap.of("from", "a campaign")));
    return ImmutableList.of(Sample.of("arrays.safetensors", Files.readAllBytes(file)));
  }

  /** In the zip form; one of them asks for a command to be run. */
  static ImmutableList<Sample> pytorch() throws IOException {
    String tensor =
        "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\n"
            + "X\1\0\0\0000X\3\0\0\0cpuK\6tQK\0(K\2K\3t(K\3K\1t\u0089ccollections\nOrderedDict\n)RtR";
    String code = "cposix\nsystem\n(X\15\0\0\0touch escapedtR";
    ImmutableList.Builder<Sample> samples = ImmutableList.builder();
    for (String value : new String[] {tensor, code}) {
      String pickle =
          "\u0080\2}(X\12\0\0\0state_dict}(X\6\0\0\0weight" + value + "uX\5\0\0\0epochK\5u.";
      Map<String, byte[]> entries = new LinkedHashMap<>();
      entries.put("net/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
      entries.put("net/data/0", floats());
      entries.put("net/version", bytes("3\n"));
      samples.add(Sample.of("net.pth", ZipDamage.write(entries)));
    }
    return samples.build();
  }

  private static byte[] floats() {
    ByteBuffer buffer = ByteBuffer.allocate(4 * VALUES.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : VALUES) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ImmutableIntArray rows(int count) {
    ImmutableIntArray.Builder rows = ImmutableIntArray.builder();
    for (int i = 0; i < count; i++) {
      rows.add(i);
    }
    return rows.build();
  }
}
