package io.aragora.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.person.PersonalData;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows and erases what is kept about a person. A workspace reaches what it keeps itself; the
 * account goes only with the person's last workspace, or at their own wish.
 */
public final class Privacy {
  private static final Duration NOTED_EVERY = Duration.ofMinutes(10);

  private final Database database;
  private final AuditLog audit;
  private final InstantSource clock;
  private final List<PersonalData> parts;
  private final PersonStore store = new PersonStore();

  /** {@code parts} are asked in this order; the account itself is the last to go. */
  public Privacy(Database database, AuditLog audit, InstantSource clock, List<PersonalData> parts) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.parts = List.copyOf(parts);
  }

  /** What a workspace keeps about a member, past ones included. */
  public PersonExport export(WorkspaceId workspace, ActorId reader, AccountId account) {
    Instant now = clock.instant();
    return database.inTransaction(
        workspace,
        tx -> {
          requireKnown(tx, workspace, account);
          if (!store.isNoted(tx, workspace, reader, account, now.minus(NOTED_EVERY))) {
            audit.append(tx, workspace, AuditNote.of("people.export", "account", account));
          }
          tx.enter(account);
          return new PersonExport(
              account.value(), now, Map.of(), List.of(inWorkspace(tx, workspace, account)));
        });
  }

  /** What is kept about the asking person, in every workspace. */
  public PersonExport exportOwn(AccountId account) {
    return database.inAccountTransaction(
        account,
        tx -> {
          var own = named(part -> part.exportOwn(tx, account));
          var workspaces =
              store.workspaces(tx, account).stream()
                  .map(
                      workspace -> {
                        tx.enter(workspace);
                        return inWorkspace(tx, workspace, account);
                      })
                  .toList();
          return new PersonExport(account.value(), clock.instant(), own, workspaces);
        });
  }

  /** Erases what a workspace keeps about a member; a second time changes nothing. */
  public void erase(WorkspaceId workspace, AccountId account) {
    database.doInTransaction(
        workspace,
        tx -> {
          requireKnown(tx, workspace, account);
          store.lockAccount(tx, account);
          tx.enter(account);
          boolean isWhole = !store.isNeededElsewhere(tx, workspace, account);
          eraseIn(tx, workspace, account, isWhole ? "account" : "membership");
          if (isWhole) {
            parts.forEach(part -> part.eraseOwn(tx, account));
          }
        });
  }

  /** Erases the asking person, everywhere; {@code email} shows that they mean it. */
  public void eraseOwn(AccountId account, String email) {
    database.inAccountTransaction(
        account,
        tx -> {
          String known = store.lockAccount(tx, account).orElseThrow(() -> unknown(account));
          if (!known.equalsIgnoreCase(email.strip())) {
            throw Refusal.invalid("/email", "same", "email must be your own address, to be sure");
          }
          for (WorkspaceId workspace : store.workspaces(tx, account)) {
            tx.enter(workspace);
            eraseIn(tx, workspace, account, "account");
          }
          parts.forEach(part -> part.eraseOwn(tx, account));
          return true;
        });
  }

  /** Noted first: if it is the person's own doing, the note's words go with the others. */
  private void eraseIn(Tx tx, WorkspaceId workspace, AccountId account, String what) {
    store.lockWorkspace(tx, workspace);
    var standing = store.standing(tx, workspace, account).orElseThrow(() -> unknown(account));
    if (standing.isErased()) {
      return;
    }
    if (standing.isActive() && standing.isOwner() && !store.hasOtherOwner(tx, workspace, account)) {
      throw Refusal.of(
          ErrorCode.CONFLICT,
          "this is the last owner of workspace " + workspace + ": make another member one first");
    }
    audit.append(
        tx, workspace, AuditNote.of("people.erase", "account", account).with("erased", what));
    parts.forEach(part -> part.erase(tx, workspace, account));
  }

  private void requireKnown(Tx tx, WorkspaceId workspace, AccountId account) {
    if (store.standing(tx, workspace, account).isEmpty()) {
      throw unknown(account);
    }
  }

  private PersonExport.InWorkspace inWorkspace(Tx tx, WorkspaceId workspace, AccountId account) {
    return new PersonExport.InWorkspace(
        workspace.value(), named(part -> part.export(tx, workspace, account)));
  }

  /** What each part has to say, without those that have nothing of the kind. */
  private Map<String, JsonNode> named(Function<PersonalData, JsonNode> said) {
    var all = new LinkedHashMap<String, JsonNode>();
    for (PersonalData part : parts) {
      JsonNode value = said.apply(part);
      if (!value.isEmpty()) {
        all.put(part.name(), value);
      }
    }
    return all;
  }

  private static Refusal unknown(AccountId account) {
    return Refusal.of(ErrorCode.NOT_FOUND, "nobody here has the account " + account);
  }
}
