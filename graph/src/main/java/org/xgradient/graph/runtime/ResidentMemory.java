package org.xgradient.graph.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory of this process that is resident, as Linux counts it; unknown elsewhere. */
public final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** Sets the peak to what is resident now: proc(5), clear_refs. */
  private static final String RESET_PEAK = "5";

  private ResidentMemory() {}

  /** {@return the megabytes resident now} */
  public static OptionalLong nowMegabytes() {
    return megabytes("VmRSS:");
  }

  /** {@return the largest number of megabytes resident since the last reset, or the start} */
  public static OptionalLong peakMegabytes() {
    return megabytes("VmHWM:");
  }

  /** {@return whether the peak counts from now on; if not, it counts from the start} */
  public static boolean resetPeak() {
    try {
      Files.writeString(CLEAR, RESET_PEAK);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * {@return the largest number of megabytes that another process had resident}
   *
   * @param process its id
   */
  public static OptionalLong peakMegabytesOf(long process) {
    return megabytes(Path.of("/proc", Long.toString(process), "status"), "VmHWM:");
  }

  private static OptionalLong megabytes(String field) {
    return megabytes(STATUS, field);
  }

  private static OptionalLong megabytes(Path status, String field) {
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(field))
          // "VmHWM:     1234 kB"
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }
}
