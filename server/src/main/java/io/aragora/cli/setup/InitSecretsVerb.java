package io.aragora.cli.setup;

import picocli.CommandLine.Command;

/** Makes each service's keys, and the certificates for them. */
@Command(
    name = "init-secrets",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description =
        "Makes each service's keys, and then the certificates for them; what is there is kept.")
public final class InitSecretsVerb {}
