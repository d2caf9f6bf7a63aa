package io.aragora.cli.admin;

import picocli.CommandLine.Command;

/** Makes workspaces that no person is in, for programs and tests, and erases them. */
@Command(
    name = "workspace",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Makes workspaces that no person is in, for programs and tests, and erases them.")
public final class WorkspaceVerb {}
