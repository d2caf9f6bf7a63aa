package io.aragora.workspace.setup;

import io.aragora.access.Role;
import io.aragora.access.account.Accounts;
import io.aragora.access.account.NewAccount;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.LinkToken;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.observe.DoerScope;
import io.aragora.workspace.Workspaces;
import io.aragora.workspace.member.Members;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Lets the first person in, once: as operator and as owner of the first workspace. */
public final class Setup {
  private static final String WORKSPACE = "First workspace";

  private final Database database;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Workspaces workspaces;
  private final Members members;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SetupStore store = new SetupStore();

  public Setup(
      Database database,
      Accounts accounts,
      Passwords passwords,
      Workspaces workspaces,
      Members members,
      AuditLog audit,
      InstantSource clock) {
    this.database = database;
    this.accounts = accounts;
    this.passwords = passwords;
    this.workspaces = workspaces;
    this.members = members;
    this.audit = audit;
    this.clock = clock;
  }

  /** Makes the account; a second use of the link, at once or later, is refused. */
  public AccountId redeem(AccountId fresh, UUID workspace, FirstPerson person) {
    String hash = hash(person.token());
    boolean isOpen =
        database.inSecretTransaction(hash, tx -> store.isOpen(tx, hash, clock.instant()));
    if (!isOpen) {
      throw notOpen();
    }
    // Slow on purpose, so outside of any transaction.
    String password = passwords.hash(person.password());
    return database.inSecretTransaction(
        hash,
        tx -> {
          if (!store.use(tx, hash, clock.instant())) {
            throw notOpen();
          }
          AccountId account =
              accounts.create(
                  tx,
                  new NewAccount(
                      fresh, person.email(), person.name(), Optional.of(password), true));
          var doer = new Doer(Doer.Kind.PERSON, account.actor(), DoerScope.current().address());
          Optional<WorkspaceId> first = store.firstWorkspace(tx);
          first.ifPresent(
              found -> {
                tx.enter(found);
                members.join(tx, found, account, Role.OWNER);
              });
          WorkspaceId place = first.orElseGet(() -> new WorkspaceId(workspace));
          if (first.isEmpty()) {
            workspaces.make(tx, place, account, WORKSPACE);
          }
          audit.append(tx, place, AuditNote.of("setup.redeem", "account", account), doer);
          return account;
        });
  }

  private static String hash(String token) {
    try {
      return new LinkToken(token).hash();
    } catch (IllegalArgumentException malformed) {
      throw notOpen();
    }
  }

  private static Refusal notOpen() {
    return Refusal.of(
        ErrorCode.NOT_FOUND, "this link is not open: it was used, replaced, or its time is over");
  }
}
