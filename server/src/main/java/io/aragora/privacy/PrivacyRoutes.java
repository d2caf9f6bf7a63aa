package io.aragora.privacy;

import io.aragora.access.Access;
import io.aragora.access.AnyCaller;
import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.access.account.Accounts;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person's data and its erasure, over HTTP. */
public final class PrivacyRoutes implements Routes {
  private static final Operation EXPORT =
      Operation.get("people.export", "/api/v1/members/{account_id}/data")
          .about("Everything this workspace keeps about a member. The reading is audited.")
          .needs(Permission.EXPORT_PERSON)
          .gives(200, PersonExport.class)
          .refuses(ErrorCode.NOT_FOUND);

  private static final Operation ERASE =
      Operation.delete("people.erase", "/api/v1/members/{account_id}/data")
          .about(
              "Erases what this workspace keeps about a member: keys end, words of audit entries"
                  + " go, and so does the account if this is the person's last workspace. Receipts"
                  + " and the audit log still verify.")
          .needs(Permission.ERASE_PERSON)
          .gives(204, "", "The person is erased.")
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  private static final Operation EXPORT_OWN =
      Operation.get("me.export", "/api/v1/me/data")
          .about("Everything kept about the person signed in, in every workspace.")
          .needs(AnyCaller.PERSON)
          .gives(200, PersonExport.class);

  private static final Operation ERASE_OWN =
      Operation.post("me.erase", "/api/v1/me/erase")
          .about(
              "Erases the person signed in, in every workspace; the last owner of one cannot. Asks"
                  + " for the password of who has one.")
          .needs(AnyCaller.PROVEN)
          .takesSecret(Wish.class)
          .gives(204, "", "You are erased and signed out everywhere.")
          .refuses(ErrorCode.CONFLICT);

  /** To be erased; the person's own address and password show that it is no slip. */
  public record Wish(String email, @Nullable String password) {
    private static final int LONGEST_PASSWORD = 1_024;

    public Wish {
      Objects.requireNonNull(email, "email");
      if (email.length() > 254) {
        throw new IllegalArgumentException("email has at most 254 characters");
      }
      if (password != null && (password.isEmpty() || password.length() > LONGEST_PASSWORD)) {
        throw Refusal.invalid(
            "/password", "length", "password has 1 to " + LONGEST_PASSWORD + " characters");
      }
    }

    @Override
    public String toString() {
      return "a wish to be erased";
    }
  }

  private final Privacy privacy;
  private final Accounts accounts;
  private final Access access;

  public PrivacyRoutes(Privacy privacy, Accounts accounts, Access access) {
    this.privacy = privacy;
    this.access = access;
    this.accounts = accounts;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(EXPORT, this::export),
        new Endpoint(ERASE, this::erase),
        new Endpoint(EXPORT_OWN, this::exportOwn),
        new Endpoint(ERASE_OWN, this::eraseOwn));
  }

  private Reply export(Call call) {
    Caller caller = Caller.of(call);
    return Reply.ok(privacy.export(caller.workspace(), caller.actor(), account(call)));
  }

  private Reply erase(Call call) {
    privacy.erase(Caller.of(call).workspace(), account(call));
    access.forget();
    return Reply.empty(204);
  }

  private Reply exportOwn(Call call) {
    return Reply.ok(privacy.exportOwn(Caller.of(call).person()));
  }

  private Reply eraseOwn(Call call) {
    Caller caller = Caller.of(call);
    Wish wish = call.body(Wish.class);
    accounts.requirePassword(caller, Optional.ofNullable(wish.password()));
    privacy.eraseOwn(caller.person(), wish.email());
    access.forget();
    return Reply.empty(204);
  }

  private static AccountId account(Call call) {
    return new AccountId(call.pathId("account_id"));
  }
}
