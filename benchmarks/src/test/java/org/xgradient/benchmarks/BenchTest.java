package org.xgradient.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.graph.runtime.ResidentMemory;

class BenchTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... args) {
    return Bench.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void listsWhatItMeasures() {
    assertThat(bench("--list", "W1")).isEqualTo(0);
    assertThat(out.toString().lines())
        .containsExactly(
            "W1.forward", "W1.gradient", "W1.xgrad", "W1.ig128", "W1.each128", "W1.eg1", "W1.eg32");
  }

  @Test
  void measuresInAProcessOfItsOwn() throws Exception {
    assertThat(bench("--warm-up=0", "--seconds=0", "W1.xgrad", "W1.ig128")).isEqualTo(0);
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode xGradient = new ObjectMapper().readTree(lines.get(0));
    JsonNode integrated = new ObjectMapper().readTree(lines.get(1));
    assertThat(xGradient.get("peer").asText()).isEqualTo("xgradient");
    assertThat(xGradient.get("workload").asText()).isEqualTo("W1.xgrad");
    assertThat(xGradient.get("reps").asInt()).isEqualTo(3);
    assertThat(xGradient.get("min_s").asDouble()).isPositive();
    assertThat(xGradient.get("median_s").asDouble())
        .isBetween(xGradient.get("min_s").asDouble(), xGradient.get("max_s").asDouble());
    assertThat(xGradient.at("/params/batch").asInt()).isEqualTo(100);
    // X-Gradient is Integrated Gradients here.
    assertThat(xGradient.get("checksum")).isEqualTo(integrated.get("checksum"));
  }

  @Test
  void comparesSideBySide() throws Exception {
    assertThat(bench("--warm-up=0", "--seconds=0", "--ratio", "W1.xgrad", "2xW1.gradient"))
        .isEqualTo(0);
    JsonNode ratio = new ObjectMapper().readTree(out.toString());
    assertThat(ratio.get("ratio").asText()).isEqualTo("W1.xgrad / 2xW1.gradient");
    assertThat(ratio.get("median").asDouble()).isPositive();
    assertThat(ratio.get("rounds").asInt()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void everyGoalIsOfWorkloadsThatExist() {
    for (Goal goal : Goal.ALL) {
      Term.parse(goal.numerator());
      Term.parse(goal.denominator());
      assertThat(Goal.of(goal.numerator(), goal.denominator())).contains(goal);
    }
  }

  @Test
  void saysWhichWorkloadsThereAre() {
    assertThat(bench("W1.nothing")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "error: there is no workload 'W1.nothing'; there are machine.matmul, W1.forward, W1.gradient");
    assertThat(out.toString()).isEmpty();
    assertThatThrownBy(() -> Term.parse("0xW1.forward")).hasMessageContaining("'0xW1.forward'");
  }

  @Test
  void knowsTheResidentMemoryOnLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux tells");
    long now = ResidentMemory.nowMegabytes().orElseThrow();
    assertThat(now).isBetween(10L, 100_000L);
    assertThat(ResidentMemory.peakMegabytes().orElseThrow()).isGreaterThanOrEqualTo(now - 1);
  }
}
