package io.aragora.cli.admin;

import picocli.CommandLine.Command;

/** Changes the keys that secrets in the database are sealed with. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Changes the keys that secrets in the database are sealed with.")
public final class KeyVerb {}
