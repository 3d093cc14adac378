package org.xgradient.benchmarks.campaign.harness;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A temporary folder that is removed at the end, also where a signal ends this process; processes
 * that were started from this one are ended before.
 *
 * @param folder the folder
 * @param atExit what a signal starts
 */
public record Workplace(Path folder, Thread atExit) implements AutoCloseable {

  private static final long SECONDS_TO_END = 5;

  public static Workplace create(String name) throws IOException {
    Path folder = Files.createTempDirectory(name);
    Thread atExit = new Thread(() -> leave(folder));
    Runtime.getRuntime().addShutdownHook(atExit);
    return new Workplace(folder, atExit);
  }

  private static void leave(Path folder) {
    endChildren();
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " is left", e);
    }
  }

  /** Ends the processes that this one started, and those that they started. */
  public static void endChildren() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
      for (ProcessHandle child : children.toList()) {
        child.destroyForcibly();
        child.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a process that was started is left", e);
    }
  }

  /** Removes a file or folder, if it is there; one thread at a time, as a signal starts another. */
  public static synchronized void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  @Override
  public void close() throws IOException {
    delete(folder);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // This process is ending, and the hook runs.
    }
  }
}
