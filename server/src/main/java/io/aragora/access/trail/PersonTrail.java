package io.aragora.access.trail;

import io.aragora.access.Caller;
import io.aragora.access.session.Trail;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.Doer;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.observe.DoerScope;
import java.util.Optional;

/**
 * Writes what happens to a person's account where auditors look for it: into the workspace they
 * work in, or into each they are a member of. Leaves the transaction in the last of them.
 */
public final class PersonTrail {
  private final AuditLog audit;
  private final Trail trail;

  public PersonTrail(AuditLog audit) {
    this.audit = audit;
    this.trail = new Trail(audit);
  }

  /** A change made by a person signed in. */
  public void append(Tx tx, Caller caller, AuditNote note) {
    if (caller.workspace().equals(Admitted.NOWHERE)) {
      everywhere(tx, caller.person(), note, DoerScope.current());
    } else {
      tx.enter(caller.workspace());
      audit.append(tx, caller.workspace(), note);
    }
  }

  /** What somebody did who has just shown to be this person. */
  public void append(Tx tx, AccountId account, AuditNote note) {
    Optional<String> address = DoerScope.current().address();
    everywhere(tx, account, note, new Doer(Doer.Kind.PERSON, account.actor(), address));
  }

  /** What somebody tried who could not show to be this person. */
  public void appendTried(Tx tx, AccountId account, AuditNote note) {
    everywhere(tx, account, note.ended(AuditNote.Outcome.REFUSED), DoerScope.current());
  }

  private void everywhere(Tx tx, AccountId account, AuditNote note, Doer doer) {
    trail.note(tx, account, Optional.empty(), note, doer);
  }
}
