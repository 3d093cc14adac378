package org.xgradient.benchmarks.campaign.points;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;
import picocli.CommandLine;

class PointsCommandTest {

  @TempDir Path folder;

  private static List<String> run(int code, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new PointsCommand());
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(out));
    command.setExecutionExceptionHandler(
        (exception, line, parsed) -> {
          line.getErr().println(exception.getMessage());
          return 1;
        });
    assertThat(command.execute(arguments)).as(out.toString()).isEqualTo(code);
    return out.toString().lines().toList();
  }

  /** The numbers of the rows that begin with a count: first of the gaps, then the differences. */
  private static List<Map<PathRule, Double>> numbers(List<String> lines, int count) {
    return lines.stream()
        .filter(line -> line.startsWith("| " + count + " |"))
        .map(
            line -> {
              List<String> cells =
                  Splitter.on('|').trimResults().omitEmptyStrings().splitToList(line);
              assertThat(cells).hasSize(1 + PathRule.values().length);
              Map<PathRule, Double> numbers = new EnumMap<>(PathRule.class);
              for (PathRule rule : PathRule.values()) {
                numbers.put(rule, Double.valueOf(cells.get(1 + numbers.size())));
              }
              return numbers;
            })
        .toList();
  }

  @Test
  void showsThatMoreGradientsGainOnNetworksOfRelus() {
    String[] arguments = {
      "--networks", "3", "--rows", "6", "--points", "16,256", "--reference", "2048"
    };
    List<String> lines = run(0, arguments);
    assertThat(lines.get(0))
        .startsWith("3 random networks of ReLUs (26 inputs")
        .endsWith(", 6 rows each");
    assertThat(numbers(lines, 16)).hasSize(2);
    for (int table = 0; table < 2; table++) {
      Map<PathRule, Double> many = numbers(lines, 256).get(table);
      numbers(lines, 16)
          .get(table)
          .forEach((rule, off) -> assertThat(many.get(rule)).isPositive().isLessThan(off / 4));
    }
    assertThat(run(0, arguments)).isEqualTo(lines);
  }

  private Path export(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function)
      throws Exception {
    Path model = folder.resolve("model");
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      var sum = tf.linalg.matMul(x, tf.constant(new float[][] {{1}, {2}, {-1}}));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING)
                  .withInput("x", x)
                  .withOutput("y", function.apply(tf, sum))));
    }
    return model;
  }

  private static List<Map<PathRule, Double>> measured(Path model, int points) {
    List<String> lines =
        run(0, "--model=" + model, "--points=" + points, "--rows=12", "--reference=4096");
    assertThat(lines.get(0)).isEqualTo("model, 12 rows each");
    List<Map<PathRule, Double>> tables = numbers(lines, points);
    assertThat(tables).hasSize(2);
    return tables;
  }

  /** One point of the midpoint rule or of Gauss is exact on a square; Riemann sums are not. */
  @Test
  void measuresASmoothModel() throws Exception {
    Path model = export((tf, sum) -> tf.math.square(sum));
    for (Map<PathRule, Double> table : measured(model, 8)) {
      table.forEach(
          (rule, off) -> {
            boolean riemann = rule == PathRule.RIEMANN_LEFT || rule == PathRule.RIEMANN_RIGHT;
            // The sum of 8 slopes k/8 is off by an eighth, of which two digits are printed.
            assertThat(off).as(rule.title()).isBetween(riemann ? 0.12 : 0, riemann ? 0.13 : 1e-5);
          });
    }
  }

  /** At one kink each bisection halves what the adaptive rule is off by. */
  @Test
  void measuresAModelWithOneKink() throws Exception {
    Path model = export((tf, sum) -> tf.nn.relu(tf.math.sub(sum, tf.constant(0.3f))));
    measured(model, 64)
        .forEach(
            table -> {
              double adaptive = requireNonNull(table.remove(PathRule.ADAPTIVE));
              table.forEach(
                  (rule, off) -> assertThat(off).as(rule.title()).isGreaterThan(4 * adaptive));
            });
  }

  @Test
  void refusesWhatItCanNotMeasure() {
    Stream.of(
            List.of("--points", "1", "--points must be at least 2, found [1]"),
            List.of("--points", "8,8", "--points must be different numbers, found [8, 8]"),
            List.of("--reference", "0", "--reference must be at least 1, found 0"),
            List.of("--rows", "0", "--rows must be at least 1, found 0"),
            List.of("--networks", "0", "--networks must be at least 1, found 0"),
            List.of("--model", folder.resolve("none").toString(), "none"))
        .forEach(
            wrong ->
                assertThat(run(1, wrong.get(0), wrong.get(1)))
                    .singleElement()
                    .asString()
                    .contains(wrong.get(2)));
  }
}
