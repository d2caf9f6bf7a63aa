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
import io.aragora.platform.db.Tx;
import io.aragora.platform.observe.DoerScope;
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
  private final Members members;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SetupStore store = new SetupStore();

  public Setup(
      Database database,
      Accounts accounts,
      Passwords passwords,
      Members members,
      AuditLog audit,
      InstantSource clock) {
    this.database = database;
    this.accounts = accounts;
    this.passwords = passwords;
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
          WorkspaceId place =
              store.firstWorkspace(tx).orElseGet(() -> makeFirst(tx, new WorkspaceId(workspace)));
          tx.enter(place);
          members.join(tx, place, account, Role.OWNER);
          audit.append(
              tx,
              place,
              AuditNote.of("setup.redeem", "account", account),
              new Doer(Doer.Kind.PERSON, account.actor(), DoerScope.current().address()));
          return account;
        });
  }

  private WorkspaceId makeFirst(Tx tx, WorkspaceId workspace) {
    tx.enter(workspace);
    if (!store.makeFirst(tx, workspace, WORKSPACE, clock.instant())) {
      throw Refusal.of(ErrorCode.CONFLICT, "another start makes the first workspace now");
    }
    audit.append(tx, workspace, AuditNote.of("workspaces.create", "workspace", workspace));
    return workspace;
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
