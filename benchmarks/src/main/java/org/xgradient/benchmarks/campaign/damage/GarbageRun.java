package org.xgradient.benchmarks.campaign.damage;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.rows.MixedRowsException;

/** Reads one damaged input after the other in this process, and prints a line for each. */
final class GarbageRun {

  /** How a line begins that tells the number of a case before it is read. */
  static final String CASE = "case ";

  /** How a line begins that tells what came of it. */
  static final String RESULT = "result ";

  static final String VALID = "valid";
  static final String REFUSED = "refused";

  private static final long HANG_SECONDS = 10;

  /** All that is allocated in reading, also what is garbage soon after. */
  private static final long FREE_BYTES = 256L << 20;

  private static final long BYTES_PER_FILE_BYTE = 400;

  private final GarbageKind kind;
  private final long seed;
  private final Path folder;
  private final ImmutableList<Sample> samples;
  private final List<FloatArray> undamaged = new ArrayList<>();

  GarbageRun(GarbageKind kind, long seed, Path folder) throws IOException {
    this.kind = kind;
    this.seed = seed;
    this.folder = folder;
    this.samples = kind.samples(Files.createDirectories(folder.resolve("samples")));
    if (kind.keepsResults()) {
      for (Sample sample : samples) {
        Path place = Files.createDirectory(folder.resolve("undamaged"));
        sample.write(place);
        undamaged.add(kind.read(place));
        MoreFiles.deleteRecursively(place, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }

  /** Runs cases; ends the process at a case that does not end. */
  void run(int from, int to, PrintWriter out) throws IOException, InterruptedException {
    for (int number = from; number < to; number++) {
      out.println(CASE + number);
      out.flush();
      String result = run(number);
      out.println(RESULT + result);
      out.flush();
      if (result.startsWith("hang")) {
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private String run(int number) throws IOException, InterruptedException {
    var random = new SplittableRandom(seed + 31L * number + 1_000_003L * kind.name().hashCode());
    Sample sample = samples.get(number % samples.size());
    Sample damaged = number < samples.size() ? sample : kind.damage(sample, random);
    Path place = Files.createDirectory(folder.resolve("case"));
    try {
      damaged.write(place);
      kind.seal(place, random);
      Path path = kind.isFile() ? place.resolve(damaged.names().get(0)) : place;
      String before = listing();
      String result = readInTime(path, damaged.size(), number % samples.size());
      return before.equals(listing()) ? result : "wrote a file: " + listing();
    } finally {
      MoreFiles.deleteRecursively(place, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  /** All there is around the input. */
  private String listing() throws IOException {
    try (Stream<Path> below = Files.walk(folder);
        Stream<Path> beside = Files.list(requireNonNull(folder.getParent()))) {
      return Stream.concat(below, beside).map(Path::toString).sorted().toList().toString();
    }
  }

  private String readInTime(Path path, long size, int sample) throws InterruptedException {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread reader = new Thread(() -> result.complete(read(path, size, sample)));
    reader.setDaemon(true);
    reader.start();
    try {
      return result.get(HANG_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return "hang of more than " + HANG_SECONDS + " s";
    } catch (ExecutionException e) {
      throw new IllegalStateException("the reader reports all errors itself", e);
    }
  }

  /** Whether it says that what was read, or computed of it, is no good, and not that code is. */
  static boolean isTyped(Throwable failure) {
    return failure instanceof DataException
        || failure instanceof NotFiniteException
        || failure instanceof MixedRowsException;
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private String read(Path path, long size, int sample) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    String result;
    try {
      FloatArray read = kind.read(path);
      boolean same = !kind.keepsResults() || read.equals(undamaged.get(sample));
      result = same ? VALID : "another result than before";
    } catch (Throwable e) {
      if (isTyped(e)) {
        result = REFUSED;
      } else {
        e.printStackTrace();
        result = "untyped " + e.toString().lines().findFirst().orElse("");
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    boolean bounded = allocated <= FREE_BYTES + BYTES_PER_FILE_BYTE * size;
    return bounded ? result : "allocated " + allocated + " bytes for a file of " + size;
  }
}
