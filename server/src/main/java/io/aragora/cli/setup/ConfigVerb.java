package io.aragora.cli.setup;

import picocli.CommandLine.Command;

/** Judges, shows and changes a file of settings. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Judges, shows and changes a file of settings (.env), given as standard input.")
public final class ConfigVerb {}
