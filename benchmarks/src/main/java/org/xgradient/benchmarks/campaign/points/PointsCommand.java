package org.xgradient.benchmarks.campaign.points;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code campaign points}. */
@Command(
    name = "points",
    description =
        "Prints what Integrated Gradients is off by, for as many gradients as a row may take: the"
            + " adaptive rule beside the fixed ones, on random networks of ReLUs or on SavedModels,"
            + " from zero to rows of standard normal values.")
public final class PointsCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      arity = "1..*",
      paramLabel = "DIR",
      description = "SavedModels to measure in place of random networks.")
  private List<Path> models = List.of();

  @Option(names = "--networks", defaultValue = "9", description = "How many random networks.")
  private int networks;

  @Option(names = "--rows", defaultValue = "32", description = "How many rows for each.")
  private int rows;

  @Option(
      names = "--points",
      split = ",",
      defaultValue = "8,16,32,64,128,256,512",
      description = "Gradients that a row may take.")
  private List<Integer> points = List.of();

  @Option(
      names = "--reference",
      defaultValue = "16384",
      description = "Steps of the midpoint rule to compare attributions with.")
  private int reference;

  @Option(names = "--seed", defaultValue = "0", description = "Of networks and rows.")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  PointsCommand() {}

  @Override
  public Integer call() {
    checkArgument(
        points.stream().allMatch(count -> count >= 2),
        "--points must be at least 2, found %s",
        points);
    checkArgument(
        new HashSet<>(points).size() == points.size(),
        "--points must be different numbers, found %s",
        points);
    checkArgument(reference >= 1, "--reference must be at least 1, found %s", reference);
    checkArgument(rows >= 1, "--rows must be at least 1, found %s", rows);
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    if (models.isEmpty()) {
      checkArgument(networks >= 1, "--networks must be at least 1, found %s", networks);
      List<ImmutableTable<Integer, PathRule, PathAccuracy>> found = new ArrayList<>();
      for (long network = seed; network < seed + networks; network++) {
        try (GraphSession session = GraphSession.open()) {
          found.add(
              PathAccuracy.measure(
                  DrawnPerceptron.build(session, network), points, rows, reference, network));
        }
      }
      print(
          out,
          "%d random networks of ReLUs (%s), the mean of all"
              .formatted(networks, DrawnPerceptron.description()),
          found);
    }
    for (Path directory : models) {
      try (LoadedModel model = SavedModels.load(directory)) {
        checkArgument(
            !model.hasFixedInputs(),
            "%s takes inputs beside those that are explained, which random rows don't give",
            directory);
        print(
            out,
            String.valueOf(directory.getFileName()),
            List.of(PathAccuracy.measure(model, points, rows, reference, seed)));
      }
    }
    return 0;
  }

  private void print(
      PrintWriter out, String title, List<ImmutableTable<Integer, PathRule, PathAccuracy>> found) {
    out.printf("%s, %d rows each%n", title, rows);
    print(out, "completeness gap as a share of the change", found, PathAccuracy::gap);
    print(
        out,
        "difference to %d steps as a share of the attributions".formatted(reference),
        found,
        PathAccuracy::difference);
    out.flush();
  }

  private void print(
      PrintWriter out,
      String title,
      List<ImmutableTable<Integer, PathRule, PathAccuracy>> found,
      ToDoubleFunction<PathAccuracy> value) {
    out.printf("%n%s:%n%n", title);
    out.println(
        Arrays.stream(PathRule.values())
            .map(PathRule::title)
            .collect(Collectors.joining(" | ", "| gradients | ", " |")));
    out.println("| --- ".repeat(1 + PathRule.values().length) + "|");
    for (int count : points) {
      out.println(
          Arrays.stream(PathRule.values())
              .map(rule -> String.format(Locale.ROOT, "%.2g", mean(found, count, rule, value)))
              .collect(Collectors.joining(" | ", "| " + count + " | ", " |")));
    }
  }

  private static double mean(
      List<ImmutableTable<Integer, PathRule, PathAccuracy>> found,
      int count,
      PathRule rule,
      ToDoubleFunction<PathAccuracy> value) {
    return found.stream()
        .map(
            table ->
                requireNonNull(((Table<Integer, PathRule, PathAccuracy>) table).get(count, rule)))
        .mapToDouble(value)
        .average()
        .orElseThrow();
  }
}
