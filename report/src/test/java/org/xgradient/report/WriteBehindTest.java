package org.xgradient.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBehindTest {

  private static final int ROWS = 5000;

  /** One list that is filled anew for each row must not matter either. */
  @Test
  void rowsComeInOrderAndAsTheyWere(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rows.csv");
    CsvFile.write(
        file,
        List.of("i", "square"),
        out -> {
          List<Object> cells = new ArrayList<>();
          for (int i = 0; i < ROWS; i++) {
            cells.clear();
            cells.add(i);
            cells.add((float) i * i);
            out.row(cells);
          }
        });

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(ROWS + 1).startsWith("i,square", "0,0.0", "1,1.0");
    assertThat(lines.subList(1, lines.size()))
        .isEqualTo(IntStream.range(0, ROWS).mapToObj(i -> i + "," + (float) i * i).toList());
  }

  @Test
  void aFullDiskEndsTheWriting() {
    assertThat(rowsUntilTheDiskIsFull(1_000_000, 1)).isLessThan(10_000);
  }

  /** Few rows of many cells wait, for they take as much memory as many of a few. */
  @Test
  void wideRowsWaitInSmallBlocks() {
    // Four blocks of 33 rows wait at most while one is made; of 512, all rows would.
    assertThat(rowsUntilTheDiskIsFull(2000, 4000)).isLessThanOrEqualTo(5 * 33);
  }

  /** {@return how many rows are made until it is told that none can be written} */
  private static int rowsUntilTheDiskIsFull(int rows, int cells) {
    List<Integer> row = Collections.nCopies(cells, 100_000);
    AtomicInteger made = new AtomicInteger();
    assertThatIOException()
        .isThrownBy(
            () ->
                CsvFile.write(
                    full(),
                    Formulas.KEPT,
                    Collections.nCopies(cells, "i"),
                    out -> {
                      for (int i = 0; i < rows; i++) {
                        made.incrementAndGet();
                        out.row(row);
                      }
                    }))
        .withMessage("no space left on device");
    return made.get();
  }

  private static OutputStream full() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("no space left on device");
      }
    };
  }

  @Test
  void nothingIsWrittenAfterAnErrorOfWhoeverMakesTheRows(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("rows.csv"), "earlier");
    assertThatIOException()
        .isThrownBy(
            () ->
                CsvFile.write(
                    file,
                    List.of("i"),
                    out -> {
                      for (int i = 0; i < ROWS; i++) {
                        out.row(List.of(i));
                      }
                      throw new IOException("no more rows");
                    }))
        .withMessage("no more rows");
    assertThat(file).hasContent("earlier");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("xgradient-rows")) {
        // It has nothing to do any more, but may not have ended yet.
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }
}
