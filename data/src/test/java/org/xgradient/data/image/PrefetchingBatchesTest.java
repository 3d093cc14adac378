package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;

@Timeout(20)
class PrefetchingBatchesTest {

  /** Row i holds the number i; row 13 cannot be read; reading row 99 waits for ever. */
  private static final class Numbers implements Dataset {

    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public int size() {
      return 100;
    }

    @Override
    public ImmutableIntArray inputShape() {
      return ImmutableIntArray.of(1);
    }

    @Override
    public Task task() {
      return Task.REGRESSION;
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public Batch batch(int... rows) {
      reads.incrementAndGet();
      if (rows[0] == 13) {
        throw new IllegalStateException("row 13");
      }
      if (rows[0] == 99) {
        waitForEver();
      }
      float[] values = {rows[0]};
      return new Batch(FloatArray.of(values, 1, 1), FloatArray.of(values.clone(), 1));
    }

    private static void waitForEver() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private final Numbers numbers = new Numbers();

  private static List<ImmutableIntArray> rows(int... rows) {
    return ImmutableIntArray.copyOf(rows).asList().stream().map(ImmutableIntArray::of).toList();
  }

  @Test
  void givesAllBatchesInOrder() {
    try (PrefetchingBatches batches = new PrefetchingBatches(numbers, rows(3, 1, 2), 1)) {
      ImmutableList.Builder<Float> read = ImmutableList.builder();
      batches.forEachRemaining(batch -> read.add(batch.inputs().values()[0]));
      assertThat(read.build()).containsExactly(3f, 1f, 2f);
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(batches::next)
          .withMessage("there were only 3 batches");
    }
  }

  /** One batch is used, two wait, and the fourth waits for a place. */
  @Test
  void readsNoFurtherAheadThanAsked() throws InterruptedException {
    try (PrefetchingBatches batches =
        new PrefetchingBatches(numbers, rows(0, 1, 2, 3, 4, 5, 6, 7), 2)) {
      batches.next();
      for (int i = 0; i < 200 && numbers.reads.get() < 4; i++) {
        Thread.sleep(10);
      }
      Thread.sleep(50);
      assertThat(numbers.reads.get()).isEqualTo(4);
    }
  }

  @Test
  void throwsWhatTheDataSetThrows() {
    try (PrefetchingBatches batches = new PrefetchingBatches(numbers, rows(1, 13, 2), 2)) {
      assertThat(batches.next().inputs().values()).containsExactly(1);
      assertThatIllegalStateException().isThrownBy(batches::next).withMessage("row 13");
      assertThat(batches.next().inputs().values()).containsExactly(2);
      assertThat(batches.hasNext()).isFalse();
    }
  }

  @Test
  void closesWhileReadingOrFull() {
    PrefetchingBatches reading = new PrefetchingBatches(numbers, rows(99, 1), 1);
    reading.close();
    assertThatIllegalStateException()
        .isThrownBy(reading::next)
        .withMessageContaining("this is closed");
    PrefetchingBatches full = new PrefetchingBatches(numbers, rows(1, 2, 3, 4, 5), 1);
    full.close();
    full.close();
    assertThat(numbers.reads.get()).isLessThan(6);
  }

  @Test
  void canBeInterruptedWhileItWaits() {
    try (PrefetchingBatches batches = new PrefetchingBatches(numbers, rows(99), 1)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(batches::next)
          .withMessage("interrupted while waiting for what is read");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
