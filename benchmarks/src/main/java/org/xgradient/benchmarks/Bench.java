package org.xgradient.benchmarks;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.benchmarks.command.CommandBench;
import org.xgradient.benchmarks.command.CommandWork;
import org.xgradient.benchmarks.growth.Growth;
import org.xgradient.graph.GraphSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code bench} command: measures workloads, and compares them. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Measures workloads, each in a process of its own, and prints a line of JSON for each."
          + " Those of CLI are whole commands.",
      "Ratios are measured side by side in one process: only they can be compared between machines,"
          + " or between hours on one machine."
    })
public final class Bench implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Workloads, or all that begin so: W1 for all of W1. None for all.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Only name the workloads.")
  private boolean list;

  @Option(
      names = "--ratio",
      arity = "2",
      paramLabel = "NAME",
      description =
          "Compare two workloads, in turn in one process. A number before a name stands for so many"
              + " runs: --ratio W1.ig128 128xW1.gradient.")
  private List<String> ratio = new ArrayList<>();

  @Option(names = "--goals", description = "Measure every ratio that has a limit.")
  private boolean goals;

  @Option(
      names = "--growth",
      paramLabel = "PAGE",
      description =
          "Measure how costs grow with rows, columns, steps, pixels and batches, and write a page.")
  private @Nullable Path growth;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How long to run each workload before its times count.")
  private double warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long to measure; at least three times in any case.")
  private double seconds;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "512m",
      description = "The Java heap of the processes that are measured.")
  private String heap = "";

  @Option(names = "--here", hidden = true, description = "Measure in this process.")
  private boolean here;

  @Spec private @Nullable CommandSpec spec;

  /**
   * Runs the command.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> GraphSession.closeAllForExit(Duration.ofSeconds(10))));
    System.exit(command().execute(args));
  }

  /** {@return the command, which reports wrong arguments in one line} */
  static CommandLine command() {
    return new CommandLine(new Bench())
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              if (!(exception instanceof IllegalArgumentException)) {
                throw exception;
              }
              command.getErr().println("error: " + exception.getMessage());
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    if (list) {
      benchmarks().forEach(benchmark -> out.println(benchmark.name()));
      commands().forEach(work -> out.println(work.name()));
      return CommandLine.ExitCode.OK;
    }
    if (growth != null) {
      PrintWriter errors = requireNonNull(spec).commandLine().getErr();
      out.println(Growth.write(growth, seconds, errors::println));
      return CommandLine.ExitCode.OK;
    }
    return here ? measureHere(out) : measureInChildren(out);
  }

  private ImmutableList<Benchmark> benchmarks() {
    List<String> inProcess = names.stream().filter(name -> !isCommand(name)).toList();
    return inProcess.isEmpty() && !names.isEmpty()
        ? ImmutableList.of()
        : Benchmarks.matching(inProcess);
  }

  private ImmutableList<CommandWork> commands() {
    List<String> commands = names.stream().filter(Bench::isCommand).toList();
    boolean none = goals || !ratio.isEmpty() || (commands.isEmpty() && !names.isEmpty());
    return none ? ImmutableList.of() : CommandWork.matching(commands);
  }

  private static boolean isCommand(String name) {
    return name.equals(CommandWork.PREFIX) || name.startsWith(CommandWork.PREFIX + ".");
  }

  private int measureHere(PrintWriter out) {
    var protocol = new Protocol(warmUp, seconds);
    if (!ratio.isEmpty()) {
      out.println(Runs.compare(ratio.get(0), ratio.get(1), protocol));
    } else {
      benchmarks().forEach(benchmark -> out.println(Runs.measure(benchmark, protocol)));
    }
    return CommandLine.ExitCode.OK;
  }

  private int measureInChildren(PrintWriter out) throws IOException, InterruptedException {
    var child = new ChildProcess(heap);
    boolean succeeded = true;
    for (List<String> arguments : work()) {
      List<String> command =
          new ArrayList<>(List.of("--here", "--warm-up=" + warmUp, "--seconds=" + seconds));
      command.addAll(arguments);
      succeeded &= child.run(command, out);
    }
    ImmutableList<CommandWork> commands = commands();
    if (!commands.isEmpty()) {
      try (CommandBench bench = new CommandBench()) {
        for (CommandWork work : commands) {
          out.println(bench.line(work, seconds));
          out.flush();
        }
      }
    }
    return succeeded ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** The arguments of each process. */
  private ImmutableList<List<String>> work() {
    if (!ratio.isEmpty()) {
      ratio.forEach(Term::parse);
      return ImmutableList.of(List.of("--ratio", ratio.get(0), ratio.get(1)));
    }
    return goals
        ? Goal.ALL.stream()
            .map(goal -> List.of("--ratio", goal.numerator(), goal.denominator()))
            .collect(ImmutableList.toImmutableList())
        : benchmarks().stream()
            .map(benchmark -> List.of(benchmark.name()))
            .collect(ImmutableList.toImmutableList());
  }
}
