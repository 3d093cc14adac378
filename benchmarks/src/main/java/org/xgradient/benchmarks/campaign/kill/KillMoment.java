package org.xgradient.benchmarks.campaign.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a command was at when it was killed. */
enum KillMoment {
  /** TensorFlow was not loaded yet. */
  STARTING("while starting"),
  /** TensorFlow was loaded. */
  WORKING("at work"),
  /** A file or directory was being written. */
  WRITING("while writing"),
  /** All was written. */
  AFTER("after it");

  private final String words;

  KillMoment(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /**
   * The moment of a process that has ended.
   *
   * @param loaded whether it had loaded TensorFlow
   * @param whole whether its output was there
   * @param place the folder that the output is in
   */
  static KillMoment of(boolean loaded, boolean whole, Path place) throws IOException {
    if (!loaded) {
      return STARTING;
    }
    if (whole) {
      return AFTER;
    }
    return isWriting(place) ? WRITING : WORKING;
  }

  /** By the names of what is written beside its place, and was not moved there. */
  private static boolean isWriting(Path place) throws IOException {
    if (!Files.exists(place)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .anyMatch(name -> name.startsWith(".") && name.endsWith(".tmp"));
    }
  }

  /**
   * Whether a process has loaded TensorFlow; where the system doesn't tell, it has, as when the
   * process has just ended by itself.
   */
  static boolean hasLoadedTensorFlow(Process process) {
    try (Stream<ProcessHandle> all = KillTimes.all(process)) {
      return all.map(ProcessHandle::pid).allMatch(KillMoment::hasLoadedTensorFlow);
    }
  }

  private static boolean hasLoadedTensorFlow(long process) {
    Path maps = Path.of("/proc", Long.toString(process), "maps");
    try {
      String loaded = Files.exists(maps) ? Files.readString(maps) : "";
      return loaded.isEmpty() || loaded.contains("libtensorflow");
    } catch (IOException e) {
      return true;
    }
  }
}
