package org.xgradient.cli.experiment;

import picocli.CommandLine.Command;

/** {@code xgradient experiment}. */
@Command(
    name = "experiment",
    description = "Reproduce a table or figure of the paper.",
    subcommands = {AxiomsCommand.class},
    synopsisSubcommandLabel = "NAME")
public final class ExperimentCommand {
  ExperimentCommand() {}
}
