package org.xgradient.benchmarks.campaign.kill;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What a command has too little of.
 *
 * @param name what it is, with its size
 * @param before what begins the command
 * @param options options of Java
 */
record Limit(String name, ImmutableList<String> before, ImmutableList<String> options) {

  /** From where nothing runs, Java itself but just does, to where all does. */
  static ImmutableList<Limit> all() {
    ImmutableList.Builder<Limit> limits = ImmutableList.builder();
    for (int megabytes : List.of(8, 12, 16, 24, 32, 48, 64, 96)) {
      limits.add(ofJava("heap of %d MB".formatted(megabytes), "-Xmx%dm".formatted(megabytes)));
    }
    for (int kilobytes : List.of(180, 256, 400)) {
      limits.add(ofJava("stacks of %d KB".formatted(kilobytes), "-Xss%dk".formatted(kilobytes)));
    }
    for (int megabytes : List.of(1500, 2500, 3500, 4500)) {
      limits.add(
          new Limit(
              "address space of %d MB".formatted(megabytes),
              ImmutableList.of(
                  "sh", "-c", "ulimit -v %d && exec \"$0\" \"$@\"".formatted(megabytes << 10)),
              ImmutableList.of("-Xmx256m")));
    }
    return limits.build();
  }

  private static Limit ofJava(String name, String option) {
    return new Limit(name, ImmutableList.of(), ImmutableList.of(option));
  }
}
