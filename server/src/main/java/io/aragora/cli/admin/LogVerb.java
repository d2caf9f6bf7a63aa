package io.aragora.cli.admin;

import picocli.CommandLine.Command;

/** Checks the logs of a database, and goes on with them after a loss. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Checks the logs of a database, and goes on with them after a loss.")
public final class LogVerb {}
