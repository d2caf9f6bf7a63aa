package io.aragora.workspace.member;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Cursor;
import io.aragora.workspace.member.MembershipWatch.Change;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Adds, changes and removes members. Each change locks the workspace's row first; that the last
 * owner stays is then kept by the database itself, whoever writes.
 */
public final class Members {
  private static final Instant BEGINNING = Instant.EPOCH;
  private static final UUID FIRST = new UUID(0, 0);
  private static final String REMOVED = "removed";

  private final Database database;
  private final AuditLog audit;
  private final InstantSource clock;
  private final List<MembershipWatch> watches;
  private final MemberStore store = new MemberStore();

  public Members(
      Database database, AuditLog audit, InstantSource clock, List<MembershipWatch> watches) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.watches = List.copyOf(watches);
  }

  /** The members, in the order they joined. */
  public Page<Member> list(WorkspaceId workspace, int limit, Optional<String> cursor) {
    Optional<List<String>> from = cursor.map(text -> Cursor.decode(text, 2));
    Instant after = from.map(parts -> Instant.parse(parts.getFirst())).orElse(BEGINNING);
    UUID id = from.map(parts -> UUID.fromString(parts.getLast())).orElse(FIRST);
    List<Member> found =
        database.inTransaction(workspace, tx -> store.page(tx, workspace, after, id, limit + 1));
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    Member last = found.get(limit - 1);
    return new Page<>(
        found.subList(0, limit),
        Cursor.encode(last.joinedAt().toString(), last.accountId().toString()));
  }

  /** Whether nobody is a member, active or not. */
  public boolean isEmpty(Tx tx, WorkspaceId workspace) {
    return store.page(tx, workspace, BEGINNING, FIRST, 1).isEmpty();
  }

  /** Where a person is in; the transaction goes on as that person's. */
  public List<Membership> of(Tx tx, AccountId account) {
    tx.enter(account);
    return store.of(tx, account);
  }

  /** Changes role or status of a member, as far as the caller's own role reaches. */
  public Member change(Caller caller, AccountId account, MemberChange wish) {
    return settling(
        caller.workspace(),
        tx -> {
          Authority authority = lock(tx, caller);
          authority.require(Permission.CHANGE_MEMBER);
          Member member = mustFind(tx, caller.workspace(), account);
          Member.State next = wish.appliedTo(member);
          authority.mustReach(role(member.role()));
          authority.mustReach(role(next.role()));
          set(tx, caller.workspace(), member, next, "members.change");
          return mustFind(tx, caller.workspace(), account);
        });
  }

  /** Removes a member; one who was removed before stays so. */
  public void remove(Caller caller, AccountId account) {
    Member unused =
        settling(
            caller.workspace(),
            tx -> {
              Authority authority = lock(tx, caller);
              authority.require(Permission.CHANGE_MEMBER);
              Member member =
                  store.any(tx, caller.workspace(), account).orElseThrow(() -> unknown(account));
              authority.mustReach(role(member.role()));
              set(tx, caller.workspace(), member, out(member), "members.remove");
              return member;
            });
  }

  /** Takes the caller, a person, out of the workspace they are in. */
  public void leave(Caller caller) {
    AccountId account = caller.person();
    Member unused =
        settling(
            caller.workspace(),
            tx -> {
              mustBeOpen(tx, caller.workspace());
              Member member = mustFind(tx, caller.workspace(), account);
              set(tx, caller.workspace(), member, out(member), "members.leave");
              return member;
            });
  }

  /** Makes another member an owner; the giver may step down with it. */
  public Member transfer(Caller caller, Transfer wish) {
    var heir = new AccountId(wish.accountId());
    return settling(
        caller.workspace(),
        tx -> {
          Authority authority = lock(tx, caller);
          authority.require(Permission.TRANSFER_WORKSPACE);
          authority.mustReach(Role.OWNER);
          Member member = mustFind(tx, caller.workspace(), heir);
          if (!member.isActive()) {
            throw Refusal.of(ErrorCode.CONFLICT, "a deactivated member cannot be an owner");
          }
          var owner = new Member.State(Role.OWNER.wire(), Member.ACTIVE);
          set(tx, caller.workspace(), member, owner, "workspace.transfer");
          if (wish.ownRole() != null) {
            stepDown(tx, caller, heir, wish.ownRole());
          }
          return mustFind(tx, caller.workspace(), heir);
        });
  }

  /** Lets a person in, in a transaction of the workspace; one who is in already is a conflict. */
  public void join(Tx tx, WorkspaceId workspace, AccountId account, Role role) {
    mustBeOpen(tx, workspace);
    if (!store.join(tx, workspace, account, role, clock.instant())) {
      throw Refusal.of(
          ErrorCode.CONFLICT,
          store
              .find(tx, workspace, account)
              .filter(Member::isActive)
              .map(in -> "this person is a member already")
              .orElse("this person's membership is deactivated: an admin can reactivate it"));
    }
  }

  /** Locks the workspace and tells what the caller may decide there now. */
  public Authority lock(Tx tx, Caller caller) {
    mustBeOpen(tx, caller.workspace());
    return Authority.of(tx, caller, store);
  }

  /** A change after whose commit nobody remembers what was before. */
  private Member settling(WorkspaceId workspace, Function<Tx, Member> change) {
    Member changed = database.inTransaction(workspace, change);
    watches.forEach(MembershipWatch::settled);
    return changed;
  }

  private void stepDown(Tx tx, Caller caller, AccountId heir, String role) {
    if (caller.person().equals(heir)) {
      throw Refusal.invalid("/account_id", "other", "name another member than yourself");
    }
    Member giver = mustFind(tx, caller.workspace(), caller.person());
    var next = new Member.State(role, giver.status());
    set(tx, caller.workspace(), giver, next, "members.change");
  }

  private void set(Tx tx, WorkspaceId workspace, Member member, Member.State next, String action) {
    if (next.equals(member.state())) {
      return;
    }
    var account = new AccountId(member.accountId());
    store.set(tx, workspace, account, next.role(), next.status());
    Change change = next.status().equals(Member.ACTIVE) ? Change.ROLE : Change.ENDED;
    watches.forEach(watch -> watch.changed(tx, workspace, account, change));
    audit.append(
        tx,
        workspace,
        AuditNote.of(action, "member", account)
            .from(member.state())
            .to(next)
            .with("role", next.role())
            .with("status", next.status()));
  }

  private static Member.State out(Member member) {
    return new Member.State(member.role(), REMOVED);
  }

  private void mustBeOpen(Tx tx, WorkspaceId workspace) {
    MemberStore.Place place =
        store
            .lock(tx, workspace)
            .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "there is no such workspace"));
    if (!place.isOpen()) {
      throw Refusal.of(ErrorCode.CONFLICT, "the workspace is to be deleted: its members stay");
    }
  }

  private Member mustFind(Tx tx, WorkspaceId workspace, AccountId account) {
    return store.find(tx, workspace, account).orElseThrow(() -> unknown(account));
  }

  private static Refusal unknown(AccountId account) {
    return Refusal.of(ErrorCode.NOT_FOUND, "there is no member " + account);
  }

  private static Role role(String wire) {
    return Role.ofWire(wire).orElseThrow();
  }
}
