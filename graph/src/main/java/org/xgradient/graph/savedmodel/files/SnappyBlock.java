package org.xgradient.graph.savedmodel.files;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decompresses a block in the raw Snappy format: the length of the result, then pieces that are
 * either bytes as they are, or copied from what was decompressed before. Follows the format's
 * description ({@code format_description.txt} of the Snappy project).
 */
final class SnappyBlock {

  /** The index of a checkpoint has blocks of some kilobytes. */
  private static final int MAX_BYTES = 1 << 26;

  private final ByteBuffer in;
  private final byte[] out;
  private int written;

  private SnappyBlock(ByteBuffer in, int size) {
    this.in = in;
    this.out = new byte[size];
  }

  /**
   * Decompresses.
   *
   * @param block the compressed bytes
   * @return the bytes, little-endian
   * @throws IllegalArgumentException if they are damaged
   */
  static ByteBuffer decompress(ByteBuffer block) {
    ByteBuffer in = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    try {
      long size = length(in);
      if (size > MAX_BYTES) {
        throw new IllegalArgumentException("a block claims %s bytes".formatted(size));
      }
      SnappyBlock snappy = new SnappyBlock(in, (int) size);
      while (in.hasRemaining()) {
        snappy.piece();
      }
      if (snappy.written != size) {
        throw new IllegalArgumentException(
            "a block claims %s bytes and has %s".formatted(size, snappy.written));
      }
      return ByteBuffer.wrap(snappy.out).order(ByteOrder.LITTLE_ENDIAN);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a compressed block is damaged", e);
    }
  }

  private static long length(ByteBuffer in) {
    long size = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      byte part = in.get();
      size |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return size;
      }
    }
    throw new IllegalArgumentException("a block claims a length that is none");
  }

  /** The two low bits of the tag say what the piece is. */
  private void piece() {
    int tag = in.get() & 0xff;
    switch (tag & 3) {
      case 0 -> literal(tag >> 2);
      case 1 -> copy(((tag >> 5) << 8) | (in.get() & 0xff), ((tag >> 2) & 7) + 4);
      case 2 -> copy(in.getShort() & 0xffff, (tag >> 2) + 1);
      default -> copy(in.getInt(), (tag >> 2) + 1);
    }
  }

  /** From 60 on, one to four bytes with the length follow. */
  private void literal(int code) {
    int length = code + 1;
    if (code >= 60) {
      length = 1;
      for (int i = 0; i < code - 59; i++) {
        length += (in.get() & 0xff) << (8 * i);
      }
    }
    if (length < 0) {
      throw new IndexOutOfBoundsException(length);
    }
    in.get(out, written, length);
    written += length;
  }

  /** Byte by byte: a copy may reach into what it writes. */
  private void copy(int offset, int length) {
    if (offset <= 0) {
      throw new IndexOutOfBoundsException(offset);
    }
    for (int i = 0; i < length; i++) {
      out[written] = out[written - offset];
      written++;
    }
  }
}
