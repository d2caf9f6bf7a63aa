package io.aragora.workspace.invite;

import io.aragora.access.Role;
import io.aragora.kernel.Names;
import io.aragora.platform.mail.Mail;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An invite as those see it who may invite; its token is known to whoever holds the link only. */
public record Invite(
    UUID id,
    String role,
    @Nullable String email,
    UUID invitedBy,
    Instant createdAt,
    Instant expiresAt,
    String status) {

  /** What somebody asks for: a role, maybe the one address that may take it, and for how long. */
  public record Wish(String role, @Nullable String email, @Nullable Integer days) {
    private static final int DAYS = 7;
    private static final int MOST_DAYS = 30;

    public Wish {
      if (Role.ofWire(role).isEmpty()) {
        throw new IllegalArgumentException("role must be owner, admin, member, viewer or auditor");
      }
      if (email != null) {
        email = Mail.address("/email", email);
      }
      if (days != null && (days < 1 || days > MOST_DAYS)) {
        throw new IllegalArgumentException("days must be 1 to " + MOST_DAYS + ": " + days);
      }
    }

    Duration life() {
      return Duration.ofDays(days == null ? DAYS : days);
    }
  }

  /** An invite just made, with the link that is shown now and never again. */
  public record Issued(Invite invite, String token, String link, boolean mailed) {
    @Override
    public String toString() {
      return "invite " + invite.id();
    }
  }

  /** What the holder of a link is told before deciding. */
  public record Look(String workspace, String role) {}

  /** The token of a link. */
  public record Token(String token) {
    public Token {
      Objects.requireNonNull(token, "token");
    }

    @Override
    public String toString() {
      return "(token)";
    }
  }

  /** A stranger who takes an invite by making an account. */
  public record Acceptance(String token, @Nullable String email, String name, String password) {
    public Acceptance {
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(password, "password");
      if (email != null) {
        email = Mail.address("/email", email);
      }
      name = Names.require(name, Names.LONGEST);
    }

    @Override
    public String toString() {
      return "(acceptance)";
    }
  }

  /** Where a person is in now. */
  public record Joined(UUID workspaceId, String role) {}

  /** What the audit log says of it. */
  record State(String role, Instant expiresAt, boolean isNamed) {}
}
