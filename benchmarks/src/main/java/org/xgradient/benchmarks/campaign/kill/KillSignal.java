package org.xgradient.benchmarks.campaign.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How a process is ended. */
enum KillSignal {
  /** At once. */
  KILL("kills"),
  /** As by Ctrl-C. */
  INT("interruptions");

  private static final long SECONDS_TO_END = 30;
  private static final int INTERRUPTED = 130;

  private final String plural;

  KillSignal(String plural) {
    this.plural = plural;
  }

  /** {@return what they are called} */
  String plural() {
    return plural;
  }

  /**
   * Checks that processes can be ended this way: one that a shell starts in the background ignores
   * what Ctrl-C sends, and so do all that it starts.
   *
   * @throws IllegalStateException if they can't
   */
  void check() throws IOException, InterruptedException {
    if (this == INT
        && new ProcessBuilder("sh", "-c", "kill -INT $$; exit 0").start().waitFor() == 0) {
      throw new IllegalStateException(
          "SIGINT must end a process, and is ignored here; run this in the foreground of a shell");
    }
  }

  /** Ends a process; tells if it did end. */
  boolean end(Process process) throws IOException, InterruptedException {
    if (this == INT) {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        return true;
      }
    }
    List<ProcessHandle> behind = process.descendants().toList();
    process.destroyForcibly().waitFor();
    // They are killed with it, and may take a moment longer.
    behind.forEach(each -> each.onExit().join());
    return this == KILL;
  }

  /**
   * What is wrong with how a process ended: after Ctrl-C it must be with code 130 and a line that
   * says so, unless it had hardly begun, or all was done.
   *
   * @param errors what it wrote to its standard error stream
   * @return when it was, the code and the lines; empty if nothing is wrong
   */
  Optional<String> complaint(Process process, KillMoment moment, Path errors) throws IOException {
    if (this == KILL) {
      return Optional.empty();
    }
    List<String> lines;
    try (var all = Files.lines(errors)) {
      lines = all.filter(line -> line.startsWith("xgradient: ")).toList();
    }
    boolean isTidy =
        switch (moment) {
          case STARTING -> process.exitValue() == INTERRUPTED && lines.size() <= 1;
          case WORKING -> process.exitValue() == INTERRUPTED && lines.size() == 1;
          // It cleans up behind itself, whatever it was at.
          case WRITING -> false;
          case AFTER -> lines.size() <= 1;
        };
    return isTidy
        ? Optional.empty()
        : Optional.of("%s, code %d, %s".formatted(moment.words(), process.exitValue(), lines));
  }
}
