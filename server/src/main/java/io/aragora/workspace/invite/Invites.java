package io.aragora.workspace.invite;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.LinkToken;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Cursor;
import io.aragora.platform.mail.Mail;
import io.aragora.platform.mail.Mailer;
import io.aragora.workspace.member.Authority;
import io.aragora.workspace.member.Members;
import io.aragora.workspace.member.MembershipWatch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes invites, sends them again, takes them back. {@link Acceptances} takes them up. */
public final class Invites {
  private static final int MOST_OPEN = 1_000;
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

  private final Database database;
  private final Members members;
  private final AuditLog audit;
  private final Post post;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final InviteStore store = new InviteStore();

  /** How an invite reaches its person: a link to this server, and mail where there is a mailer. */
  public record Post(Mailer mailer, URI publicUrl) {
    String link(LinkToken token) {
      // Behind the #, where neither servers nor logs nor the next page's Referer see it.
      return publicUrl.toString().replaceFirst("/+$", "") + "/invite#token=" + token.secret();
    }
  }

  /** In production the random source is a {@link java.security.SecureRandom}. */
  public Invites(
      Database database,
      Members members,
      AuditLog audit,
      Post post,
      InstantSource clock,
      RandomGenerator random) {
    this.database = database;
    this.members = members;
    this.audit = audit;
    this.post = post;
    this.clock = clock;
    this.random = random;
  }

  /** Ends the open invites of whoever may do less than before, or nothing any more. */
  public static MembershipWatch watch(InstantSource clock) {
    var store = new InviteStore();
    return (tx, workspace, account, change) ->
        store.revokeBy(tx, workspace, account.actor(), clock.instant());
  }

  /**
   * Makes an invite under {@code id}; one to an address ends those before it. Asked again under the
   * same id, it only makes another token.
   */
  public Invite.Issued create(Caller caller, UUID id, Invite.Wish wish) {
    Role role = Role.ofWire(wish.role()).orElseThrow();
    return database.inTransaction(
        caller.workspace(),
        tx -> {
          mustBeAbleTo(tx, caller, role);
          Instant now = clock.instant();
          LinkToken token = LinkToken.fresh(random);
          var draft =
              new InviteStore.Draft(id, token.hash(), inviter(caller), now, now.plus(wish.life()));
          if (store.find(tx, caller.workspace(), id, now).isPresent()) {
            store.reissue(tx, caller.workspace(), id, draft);
          } else {
            makeRoom(tx, caller.workspace(), wish, now);
            store.insert(tx, caller.workspace(), id, wish, draft);
            note(tx, caller.workspace(), id, "invites.create");
          }
          return issued(tx, caller.workspace(), id, token);
        });
  }

  /** Newest first. */
  public Page<Invite> list(WorkspaceId workspace, int limit, Optional<String> cursor) {
    Optional<List<String>> from = cursor.map(text -> Cursor.decode(text, 2));
    Instant before = from.map(parts -> Instant.parse(parts.getFirst())).orElse(END);
    UUID id = from.map(parts -> UUID.fromString(parts.getLast())).orElse(LAST);
    List<Invite> found =
        database.inTransaction(
            workspace, tx -> store.page(tx, workspace, before, id, clock.instant(), limit + 1));
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    Invite last = found.get(limit - 1);
    return new Page<>(
        found.subList(0, limit), Cursor.encode(last.createdAt().toString(), last.id().toString()));
  }

  /** Makes a new link, for as long as the first was good for; the old one is dead. */
  public Invite.Issued resend(Caller caller, UUID id, UUID issue) {
    return database.inTransaction(
        caller.workspace(),
        tx -> {
          Authority authority = members.lock(tx, caller);
          authority.require(Permission.INVITE_MEMBER);
          Instant now = clock.instant();
          InviteStore.Line line = mustFind(tx, caller.workspace(), id, now);
          Invite invite = line.invite();
          authority.mustReach(Role.ofWire(invite.role()).orElseThrow());
          if (!invite.status().equals("open") && !invite.status().equals("expired")) {
            throw Refusal.of(ErrorCode.CONFLICT, "the invite is " + invite.status());
          }
          LinkToken token = LinkToken.fresh(random);
          var life = Duration.between(invite.createdAt(), invite.expiresAt());
          Instant ends = now.plus(life.compareTo(LONGEST) > 0 ? LONGEST : life);
          var draft = new InviteStore.Draft(issue, token.hash(), inviter(caller), now, ends);
          store.reissue(tx, caller.workspace(), id, draft);
          if (!line.issue().equals(issue)) {
            note(tx, caller.workspace(), id, "invites.resend");
          }
          return issued(tx, caller.workspace(), id, token);
        });
  }

  /** Takes an invite back; again changes nothing, one that was taken is a conflict. */
  public void revoke(Caller caller, UUID id) {
    database.doInTransaction(
        caller.workspace(),
        tx -> {
          members.lock(tx, caller).require(Permission.INVITE_MEMBER);
          Instant now = clock.instant();
          if (store.revoke(tx, caller.workspace(), id, now)) {
            note(tx, caller.workspace(), id, "invites.revoke");
          } else if (mustFind(tx, caller.workspace(), id, now)
              .invite()
              .status()
              .equals("accepted")) {
            throw Refusal.of(ErrorCode.CONFLICT, "the invite was taken: remove the member");
          }
        });
  }

  /** The person, also where a key of theirs asks: their invites end with their membership. */
  private static ActorId inviter(Caller caller) {
    return caller.account().map(AccountId::actor).orElse(caller.actor());
  }

  private void mustBeAbleTo(Tx tx, Caller caller, Role role) {
    Authority authority = members.lock(tx, caller);
    authority.require(Permission.INVITE_MEMBER);
    authority.mustReach(role);
  }

  private void makeRoom(Tx tx, WorkspaceId workspace, Invite.Wish wish, Instant now) {
    if (wish.email() != null) {
      store.revokeTo(tx, workspace, wish.email(), now);
    }
    if (store.open(tx, workspace, now) >= MOST_OPEN) {
      throw Refusal.of(
          ErrorCode.CONFLICT, MOST_OPEN + " invites are open: revoke some of them first");
    }
  }

  private Invite.Issued issued(Tx tx, WorkspaceId workspace, UUID id, LinkToken token) {
    Invite invite = mustFind(tx, workspace, id, clock.instant()).invite();
    boolean mailed = invite.email() != null && post.mailer().isConfigured();
    if (mailed) {
      String name = store.workspaceName(tx, workspace).orElseThrow();
      post.mailer().post(tx, mail(invite, name, post.link(token)));
    }
    return new Invite.Issued(invite, token.secret(), post.link(token), mailed);
  }

  private static Mail mail(Invite invite, String workspace, String link) {
    return new Mail(
        String.valueOf(invite.email()),
        "An invitation to a workspace",
        """
        You are invited to the workspace "%s" as %s.

        Open this link to join; it works once, until %s:
        %s

        If you do not know what this is about, ignore it: nothing happens without the link.
        """
            .formatted(workspace, invite.role(), invite.expiresAt(), link));
  }

  private void note(Tx tx, WorkspaceId workspace, UUID id, String action) {
    Invite invite = mustFind(tx, workspace, id, clock.instant()).invite();
    audit.append(
        tx,
        workspace,
        AuditNote.of(action, "invite", id)
            .to(new Invite.State(invite.role(), invite.expiresAt(), invite.email() != null))
            .with("role", invite.role()));
  }

  private InviteStore.Line mustFind(Tx tx, WorkspaceId workspace, UUID id, Instant now) {
    return store
        .find(tx, workspace, id, now)
        .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "there is no invite " + id));
  }
}
