package org.xgradient.benchmarks.campaign;

import java.time.Duration;
import org.xgradient.benchmarks.campaign.compare.CompareCommand;
import org.xgradient.benchmarks.campaign.damage.GarbageCommand;
import org.xgradient.benchmarks.campaign.damage.SwapCommand;
import org.xgradient.benchmarks.campaign.harness.Workplace;
import org.xgradient.benchmarks.campaign.kill.KillCommand;
import org.xgradient.benchmarks.campaign.kill.LimitsCommand;
import org.xgradient.benchmarks.campaign.load.CloseCommand;
import org.xgradient.benchmarks.campaign.load.LoadCommand;
import org.xgradient.benchmarks.campaign.load.MemoryCommand;
import org.xgradient.benchmarks.campaign.load.StreamCommand;
import org.xgradient.benchmarks.campaign.points.PointsCommand;
import org.xgradient.benchmarks.campaign.prove.ProveCommand;
import org.xgradient.graph.GraphSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code campaign} command. */
@Command(
    name = "campaign",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Puts the library under fire, and says what held.",
    subcommands = {
      CloseCommand.class,
      CompareCommand.class,
      GarbageCommand.class,
      KillCommand.class,
      LimitsCommand.class,
      LoadCommand.class,
      MemoryCommand.class,
      PointsCommand.class,
      ProveCommand.class,
      StreamCommand.class,
      SwapCommand.class
    })
public final class Campaign implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  Campaign() {}

  /**
   * Runs the command.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    if (!Boolean.getBoolean("campaign.exitAtOnce")) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    Workplace.endChildren();
                    GraphSession.closeAllForExit(Duration.ofSeconds(10));
                  }));
    }
    CommandLine line = new CommandLine(new Campaign());
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
    System.exit(
        line.setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (exception, command, parsed) -> {
                  command.getErr().println("campaign: " + exception);
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(args));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
