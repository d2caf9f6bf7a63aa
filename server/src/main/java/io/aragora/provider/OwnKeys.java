package io.aragora.provider;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.egress.Deadline;
import io.aragora.platform.secret.SecretFault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Finds the key with which a workspace's calls are paid. One that cannot be read is a failure:
 * nobody else's key is used in its place.
 */
final class OwnKeys {
  static final OwnKeys NONE = new OwnKeys((workspace, provider) -> Optional.empty());

  private static final Duration WAIT = Duration.ofMillis(250);
  private static final int TRIES = 3;

  private final BiFunction<WorkspaceId, String, Optional<String>> kept;

  OwnKeys(BiFunction<WorkspaceId, String, Optional<String>> kept) {
    this.kept = kept;
  }

  Optional<String> find(
      WorkspaceId workspace, String provider, Deadline deadline, Asking.Pause pause) {
    for (int tries = 1; ; tries++) {
      try {
        return kept.apply(workspace, provider);
      } catch (SecretFault | KeyFault unreadable) {
        throw failure(ProviderFailure.Kind.AUTH, "the workspace's key cannot be opened here");
      } catch (DatabaseFault away) {
        if (tries == TRIES || deadline.left().compareTo(WAIT) <= 0) {
          throw failure(
              ProviderFailure.Kind.UNAVAILABLE, "whether the workspace has a key is unknown");
        }
        rest(pause);
      }
    }
  }

  private static void rest(Asking.Pause pause) {
    try {
      pause.rest(WAIT);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw failure(ProviderFailure.Kind.UNAVAILABLE, "cut off");
    }
  }

  private static ProviderFailure failure(ProviderFailure.Kind kind, String why) {
    return ProviderFailure.unbilled(kind, why, ProviderFailure.Retry.NEVER);
  }
}
