package org.xgradient.benchmarks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/** All benchmarks. */
final class Benchmarks {

  private static final ImmutableList<Benchmark> ALL =
      ImmutableList.<Benchmark>builder()
          .addAll(MachineWorkloads.all())
          .addAll(MlpWorkloads.all())
          .addAll(ImageWorkloads.all())
          .addAll(TrainingWorkloads.all())
          .addAll(MaskingWorkloads.all())
          .addAll(TableWorkloads.all())
          .build();

  private Benchmarks() {}

  static ImmutableList<Benchmark> all() {
    return ALL;
  }

  /**
   * One benchmark.
   *
   * @param name its name
   * @throws IllegalArgumentException if there is none of that name
   */
  static Benchmark named(String name) {
    return ALL.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  /**
   * Benchmarks by their names, or the beginnings of their names up to a dot.
   *
   * @param names the names; none for all
   * @throws IllegalArgumentException if there is none for one of the names
   */
  static ImmutableList<Benchmark> matching(List<String> names) {
    names.forEach(
        name ->
            checkArgument(
                ALL.stream().anyMatch(benchmark -> matches(benchmark, name)), "%s", unknown(name)));
    return ALL.stream()
        .filter(
            benchmark ->
                names.isEmpty() || names.stream().anyMatch(name -> matches(benchmark, name)))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean matches(Benchmark benchmark, String name) {
    return benchmark.name().equals(name) || benchmark.name().startsWith(name + ".");
  }

  private static String unknown(String name) {
    return "there is no workload '%s'; there are %s"
        .formatted(name, ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
  }
}
