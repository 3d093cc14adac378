package org.xgradient.benchmarks.campaign.damage;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damages what is inside an archive, so that the archive itself stays sound. */
final class ZipDamage {

  private static final List<String> NAMES =
      List.of("../escaped", "/escaped", "a/../../escaped", "..\\escaped", "", "a\u0000b");

  private ZipDamage() {}

  static byte[] damage(byte[] archive, SplittableRandom random) throws IOException {
    Map<String, byte[]> entries = read(archive);
    List<String> names = new ArrayList<>(entries.keySet());
    String name = names.get(random.nextInt(names.size()));
    byte[] content = requireNonNull(entries.remove(name));
    switch (random.nextInt(5)) {
      case 0 -> {
        // It is missing.
      }
      case 1 -> entries.put(NAMES.get(random.nextInt(NAMES.size())), content);
      // Compresses a thousandfold.
      case 2 -> entries.put(name, new byte[1 << (10 + random.nextInt(15))]);
      default -> entries.put(name, new ByteDamage(random).damage(content));
    }
    return write(entries);
  }

  static byte[] write(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> read(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }
}
