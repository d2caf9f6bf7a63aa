package io.aragora.access;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Right;
import java.util.List;

/** Rights that need no permission of a workspace. */
public enum AnyCaller implements Right {
  /** Every admitted caller, key or person. */
  ADMITTED("any"),
  /** A person signed in, whatever the workspace; never an API key. */
  PERSON("person"),
  /** A person who signed in a few minutes ago: whoever found their screen open is not. */
  PROVEN("person_proven"),
  ;

  private final String wire;

  AnyCaller(String wire) {
    this.wire = wire;
  }

  @Override
  public String wire() {
    return wire;
  }

  @Override
  public List<ErrorCode> refuses() {
    return this == PROVEN ? List.of(ErrorCode.PROOF_REQUIRED) : List.of();
  }

  @Override
  public Refusal lacking(Admitted caller) {
    return this == PROVEN && caller.holds(PERSON)
        ? Refusal.of(ErrorCode.PROOF_REQUIRED, "sign in again, then ask again within ten minutes")
        : Right.super.lacking(caller);
  }
}
