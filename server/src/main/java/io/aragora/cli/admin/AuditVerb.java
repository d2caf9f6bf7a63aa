package io.aragora.cli.admin;

import picocli.CommandLine.Command;

/** What can be done with the audit log from the command line. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Checks the audit log of the whole appliance.")
public final class AuditVerb {}
