package org.xgradient.data.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.xgradient.data.DataException;

/**
 * A zip archive whose directory has been checked: names are relative and unique, and the entries
 * together claim no more bytes than the file has. Nothing is ever unpacked to disk.
 */
final class CheckedZip implements AutoCloseable {

  /** Deflate cannot do better, so a claim beyond it is a lie. */
  private static final long DEFLATE_RATIO = 1032;

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  /** Reads an entry. */
  @FunctionalInterface
  interface Reader<T> {

    /** Reads from a channel that ends where the entry ends, which should be after these bytes. */
    T read(ReadableByteChannel in, long bytes) throws IOException;
  }

  private CheckedZip(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.zip = zip;
    long left = Files.size(file);
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (!entry.isDirectory()) {
        check(entry);
        left -= entry.getCompressedSize();
      }
    }
    if (left < 0) {
      throw new FormatException(
          file, "zip entries together", "no longer than the file", -left + " bytes longer");
    }
  }

  /**
   * Opens an archive.
   *
   * @throws FormatException if it is not a zip archive, or its directory claims the impossible
   */
  static CheckedZip open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new FormatException(file, "file", "a zip archive", e);
    }
    try {
      return new CheckedZip(file, zip);
    } catch (FormatException | IOException e) {
      zip.close();
      throw e;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      zip.close();
      throw new FormatException(file, "zip directory", "valid", e);
    }
  }

  private void check(ZipEntry entry) {
    String name = entry.getName();
    if (name.startsWith("/") || name.contains("\\") || hasParent(name)) {
      throw new FormatException(file, "zip entry", "a relative path without ..", name);
    }
    if (entry.getSize() < 0
        || entry.getCompressedSize() < 0
        || entry.getSize() / DEFLATE_RATIO > entry.getCompressedSize()) {
      throw new FormatException(
          file,
          "zip entry " + name + ": size",
          "at most " + DEFLATE_RATIO + " times its compressed size " + entry.getCompressedSize(),
          entry.getSize());
    }
    if (entries.put(name, entry) != null) {
      throw new FormatException(file, "zip entries", "of different names", name + " twice");
    }
  }

  private static boolean hasParent(String name) {
    return ("/" + name + "/").contains("/../");
  }

  /** {@return the names of the entries that are not folders, in the order of the directory} */
  Set<String> names() {
    return entries.keySet();
  }

  /** {@return the size that an entry claims, or nothing if there is no such entry} */
  Optional<Long> size(String name) {
    return Optional.ofNullable(entries.get(name)).map(ZipEntry::getSize);
  }

  /**
   * Reads an entry and checks its length and checksum.
   *
   * @throws FormatException if it is damaged or has another length than it claims
   */
  <T> T read(String name, Reader<T> reader) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new FormatException(file, "zip entries", "with " + name, names());
    }
    String place = "zip entry " + name;
    CRC32 checksum = new CRC32();
    try (InputStream raw = zip.getInputStream(entry);
        CheckedInputStream in = new CheckedInputStream(raw, checksum)) {
      T result = reader.read(Channels.newChannel(in), entry.getSize());
      if (in.read() >= 0) {
        throw new FormatException(file, place, entry.getSize() + " bytes long", "more");
      }
      if (checksum.getValue() != entry.getCrc()) {
        throw new FormatException(
            file,
            place + ": checksum",
            Long.toHexString(entry.getCrc()),
            Long.toHexString(checksum.getValue()));
      }
      return result;
    } catch (ZipException | EOFException e) {
      throw new FormatException(file, place, "whole", e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
