package org.xgradient.spark.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xgradient.graph.GraphSession;

/**
 * What the tasks of this process share: each resource is opened once for its key, by the first who
 * asks while the others wait, and closed when nobody has used it for a while. When the process
 * ends, TensorFlow's part of what is open is closed, for at most ten seconds.
 *
 * @param <R> the resource
 */
public final class Leases<R extends AutoCloseable> {

  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  private static final Duration UNTIL_EXIT = Duration.ofSeconds(10);

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> GraphSession.closeAllForExit(UNTIL_EXIT)));
  }

  private final Map<String, Entry> entries = new HashMap<>();
  private final Timer closer;
  private final Duration idle;
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();

  /**
   * An empty set.
   *
   * @param name the name of the thread that closes
   * @param idle how long a resource stays open that nobody uses
   */
  public Leases(String name, Duration idle) {
    this.closer = new Timer(name, true);
    this.idle = idle;
  }

  /** One resource, open or being opened. All but the future is guarded by the set. */
  private final class Entry {
    private final String key;
    private final CompletableFuture<R> resource = new CompletableFuture<>();
    private int users;
    private long unusedSince;

    Entry(String key) {
      this.key = key;
    }
  }

  /**
   * The use of a resource, until it is closed.
   *
   * @param <R> the resource
   */
  public interface Lease<R> extends AutoCloseable {

    /** {@return the resource} */
    R get();

    /** Gives it back; a second time does nothing. */
    @Override
    void close();
  }

  /**
   * Takes a resource into use.
   *
   * @param key which
   * @param open opens it, if it is not open
   * @return the use of it, to be closed
   */
  public Lease<R> lease(String key, Supplier<? extends R> open) {
    Entry entry;
    boolean first;
    synchronized (this) {
      Entry found = entries.get(key);
      first = found == null;
      entry = found == null ? new Entry(key) : found;
      entries.put(key, entry);
      entry.users++;
    }
    if (first) {
      open(entry, open);
    }
    R resource;
    try {
      resource = entry.resource.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
    return new OneLease(entry, resource);
  }

  /** What can't be opened is forgotten, so that the next one who asks tries again. */
  private void open(Entry entry, Supplier<? extends R> open) {
    try {
      entry.resource.complete(open.get());
      opened.incrementAndGet();
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        entries.remove(entry.key, entry);
      }
      entry.resource.completeExceptionally(e);
    }
  }

  private final class OneLease implements Lease<R> {
    private final Entry entry;
    private final R resource;
    private boolean returned;

    OneLease(Entry entry, R resource) {
      this.entry = entry;
      this.resource = resource;
    }

    @Override
    public R get() {
      return resource;
    }

    @Override
    public void close() {
      synchronized (Leases.this) {
        if (returned) {
          return;
        }
        returned = true;
        entry.users--;
        entry.unusedSince = System.nanoTime();
        if (entry.users > 0) {
          return;
        }
      }
      closer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              closeIfUnused(entry);
            }
          },
          idle.toMillis() + 1);
    }
  }

  private void closeIfUnused(Entry entry) {
    synchronized (this) {
      boolean recent = System.nanoTime() - entry.unusedSince < idle.toNanos();
      if (entry.users > 0 || recent || !entries.remove(entry.key, entry)) {
        return;
      }
    }
    try {
      entry.resource.join().close();
    } catch (Exception e) {
      LOG.warn("what nobody used could not be closed", e);
    }
    closed.incrementAndGet();
  }

  /** {@return how many were opened so far} */
  public long opened() {
    return opened.get();
  }

  /** {@return how many were closed so far} */
  public long closed() {
    return closed.get();
  }

  /** {@return how many uses there are now, of all resources} */
  public synchronized int inUse() {
    return entries.values().stream().mapToInt(entry -> entry.users).sum();
  }
}
