package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the elements of another iterator on a background thread, ahead of whoever uses them.
 *
 * <p>At most {@code depth + 2} elements are in memory: those that wait, the one being made and the
 * one being used. What the other iterator throws, this one throws in its place. For one using
 * thread; close it when done, at any time.
 *
 * @param <T> what the elements are
 */
public final class Prefetcher<T> implements Iterator<T>, AutoCloseable {

  private final BlockingQueue<Supplier<T>> waiting;
  private final Thread reader;
  private final Supplier<T> end = this::noMore;
  private @Nullable Supplier<T> upcoming;
  private volatile boolean closed;

  /**
   * Starts taking.
   *
   * @param source where the elements come from; used by the background thread alone
   * @param depth how many elements may wait, at least 1
   * @throws IllegalArgumentException if the depth is less than 1
   */
  public Prefetcher(Iterator<T> source, int depth) {
    checkArgument(depth >= 1, "depth must be at least 1, found %s", depth);
    this.waiting = new ArrayBlockingQueue<>(depth);
    this.reader = new Thread(() -> takeAll(source), "xgradient-prefetch");
    reader.setDaemon(true);
    reader.start();
  }

  private T noMore() {
    throw new NoSuchElementException("there are no more elements");
  }

  private void takeAll(Iterator<T> source) {
    try {
      Supplier<T> element;
      do {
        element = take(source);
        if (closed) {
          // The source may have swallowed the interrupt.
          return;
        }
        waiting.put(element);
      } while (element != end);
    } catch (InterruptedException e) {
      // Only close() interrupts, and then nobody waits for an element.
      Thread.currentThread().interrupt();
    }
  }

  /** Errors too, such as too little memory, belong to whoever uses the elements. */
  private Supplier<T> take(Iterator<T> source) {
    try {
      if (!source.hasNext()) {
        return end;
      }
      T element = source.next();
      return () -> element;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    } catch (Error e) {
      return () -> {
        throw e;
      };
    }
  }

  /**
   * Waits until it is known.
   *
   * @throws CancellationException if this thread is interrupted while it waits; it stays
   *     interrupted
   * @throws IllegalStateException if this is closed
   */
  @Override
  public boolean hasNext() {
    return upcoming() != end;
  }

  /**
   * Waits for the next element.
   *
   * @throws CancellationException if this thread is interrupted while it waits; it stays
   *     interrupted
   * @throws IllegalStateException if this is closed
   */
  @Override
  public T next() {
    Supplier<T> element = upcoming();
    if (element != end) {
      upcoming = null;
    }
    return element.get();
  }

  private Supplier<T> upcoming() {
    checkState(!closed, "this is closed; elements must be taken before");
    if (upcoming == null) {
      try {
        upcoming = waiting.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for what is read");
      }
    }
    return upcoming;
  }

  /** Stops and waits until the thread has ended. */
  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    waiting.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
