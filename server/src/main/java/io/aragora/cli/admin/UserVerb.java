package io.aragora.cli.admin;

import picocli.CommandLine.Command;

/** Lists people's accounts, closes them and helps them to a new password. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Lists people's accounts, closes them and helps them to a new password.")
public final class UserVerb {}
