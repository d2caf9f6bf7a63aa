package io.aragora.cli;

import io.aragora.cli.admin.AccountDesk;
import io.aragora.cli.admin.TreeDesk;
import io.aragora.cli.admin.WorkspaceDesk;
import io.aragora.platform.config.Settings;
import io.aragora.platform.secret.Rotation;
import io.aragora.workspace.setup.SetupLinks;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the command line asks of the whole server; the root package, which joins it, answers. */
public interface Serving {
  /** The time, for what is done without a server. */
  InstantSource clock();

  /** Starts the server; returns when it answers. */
  Running start(Settings settings);

  /**
   * The secret of a key with every permission in the first workspace, which is made if need be.
   * Each call makes a new key; its secret is not kept anywhere.
   */
  String ownerKey(Settings settings);

  /** Changes the keys that secrets are sealed with, while servers run on the same database. */
  Rotation.Done rotateKeys(Settings settings, Set<Rotation.Step> steps);

  /** Goes on with the logs of a restored database; tells what was lost, a sentence for each. */
  default List<String> reopenLogs(Settings settings) {
    throw new UnsupportedOperationException("no logs here");
  }

  /** The accounts of the database these settings name. */
  default AccountDesk accounts(Settings settings) {
    throw new UnsupportedOperationException("no accounts here");
  }

  /** The workspaces without people of the database these settings name. */
  default WorkspaceDesk workspaces(Settings settings) {
    throw new UnsupportedOperationException("no workspaces here");
  }

  /** Who pays for whom in the database these settings name. */
  default TreeDesk trees(Settings settings) {
    throw new UnsupportedOperationException("no budgets here");
  }

  /** The one-time link for the first person; none once they are in. */
  Optional<SetupLinks.Link> firstLink(Settings settings);

  /** A server that answers; closing it drains and stops it. */
  interface Running extends AutoCloseable {
    /** Where the API listens, with the port it really got. */
    URI url();

    /** Where health and metrics listen. */
    URI management();

    @Override
    void close();
  }
}
