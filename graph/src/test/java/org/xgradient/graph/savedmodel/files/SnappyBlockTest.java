package org.xgradient.graph.savedmodel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks written by hand from the description of the format. */
class SnappyBlockTest {

  private static String decompress(int... bytes) {
    byte[] block = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      block[i] = (byte) bytes[i];
    }
    ByteBuffer out = SnappyBlock.decompress(ByteBuffer.wrap(block));
    return StandardCharsets.US_ASCII.decode(out).toString();
  }

  @Test
  void literal() {
    assertThat(decompress(3, 2 << 2, 'a', 'b', 'c')).isEqualTo("abc");
  }

  @Test
  void literalWhoseLengthFollows() {
    int[] block = new int[3 + 100];
    block[0] = 100;
    block[1] = 60 << 2;
    block[2] = 99;
    Arrays.fill(block, 3, block.length, 'x');
    assertThat(decompress(block)).isEqualTo("x".repeat(100));
  }

  @Test
  void copiesOfAllKinds() {
    // One byte of offset: length 4 + 1, offset 2; overlapping, so "ab" goes on.
    assertThat(decompress(7, 1 << 2, 'a', 'b', 1 | 1 << 2, 2)).isEqualTo("abababa");
    // Two bytes of offset: length 3, offset 3.
    assertThat(decompress(6, 2 << 2, 'a', 'b', 'c', 2 | 2 << 2, 3, 0)).isEqualTo("abcabc");
    // Four bytes of offset: length 2, offset 1.
    assertThat(decompress(4, 1 << 2, 'a', 'b', 3 | 1 << 2, 1, 0, 0, 0)).isEqualTo("abbb");
  }

  @Test
  void damageIsAnError() {
    int[][] damaged = {
      {},
      {3, 2 << 2, 'a'},
      {2, 2 << 2, 'a', 'b', 'c'},
      {5, 0, 'a', 1, 2},
      {5, 0, 'a', 1, 0},
      {9, 0, 'a'},
      {0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
      {0xff, 0xff, 0xff, 0xff, 0x0f, 0, 'a'},
      {4, 63 << 2, 0xff, 0xff, 0xff, 0xff}
    };
    for (int[] block : damaged) {
      assertThatThrownBy(() -> decompress(block)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void aLongRun(int times) {
    int size = 1 + 4 * times;
    List<Integer> block = new ArrayList<>();
    for (int left = size; ; left >>= 7) {
      block.add(left > 127 ? (left & 127) | 128 : left);
      if (left <= 127) {
        break;
      }
    }
    block.addAll(List.of(0, (int) 'z'));
    for (int i = 0; i < times; i++) {
      block.addAll(List.of(1, 1));
    }
    assertThat(decompress(block.stream().mapToInt(Integer::intValue).toArray()))
        .isEqualTo("z".repeat(size));
  }
}
