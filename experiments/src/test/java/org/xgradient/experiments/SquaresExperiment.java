package org.xgradient.experiments;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** An experiment whose results are known: draws numbers, each from the seed of its piece. */
final class SquaresExperiment
    implements Experiment<
        SquaresExperiment.Configuration, SquaresExperiment.Task, SquaresExperiment.Result> {

  final AtomicInteger done = new AtomicInteger();
  private final String data;

  SquaresExperiment(String data) {
    this.data = data;
  }

  enum Shape {
    FLAT,
    ROUND
  }

  record Method(String name, Shape shape) {}

  record Configuration(int count, double scale, List<Method> methods) {
    Configuration {
      if (count < 1) {
        throw new IllegalArgumentException("\"count\" must be at least 1, found " + count);
      }
    }
  }

  record Task(String method, int repetition) {}

  record Result(double square, List<Double> roots) {}

  @Override
  public Description<Configuration, Task, Result> description() {
    return new Description<>(
        "squares", "Squares", "a test", Configuration.class, Task.class, Result.class);
  }

  @Override
  public String defaults() {
    return """
    {
      // How many.
      "count": 7,
      "scale": 0.1, // a factor
      "methods": [{"name": "one", "shape": "flat"}]
    }
    """;
  }

  @Override
  public String quickDefaults() {
    return "{\"count\": 2}";
  }

  @Override
  public ImmutableList<Task> tasks(Configuration configuration) {
    return configuration.methods().stream()
        .flatMap(
            method ->
                IntStream.range(0, configuration.count())
                    .mapToObj(repetition -> new Task(method.name(), repetition)))
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public PreparedWork<Task, Result> prepare(Configuration configuration) {
    return new PreparedWork<>(
        () ->
            task -> {
              done.incrementAndGet();
              double x = configuration.scale() * task.repetition();
              return new Result(x * x, List.of(Math.sqrt(x), -Math.sqrt(x)));
            },
        ImmutableMap.of("data", data));
  }

  @Override
  public ImmutableList<Finding> findings(ExperimentResults<Configuration, Task, Result> results) {
    return ImmutableList.of();
  }
}
