package io.aragora.cli;

import picocli.CommandLine.Command;

/** Gets, exports and verifies the signed records of decisions. */
@Command(
    name = "receipt",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Gets, exports and verifies the signed records of decisions.")
final class ReceiptVerb {}
