package io.aragora.access;

import io.aragora.platform.http.Right;

/** Rights that need no permission of a workspace. */
public enum AnyCaller implements Right {
  /** Every admitted caller, key or person. */
  ADMITTED("any"),
  /** A person signed in, whatever the workspace; never an API key. */
  PERSON("person"),
  ;

  private final String wire;

  AnyCaller(String wire) {
    this.wire = wire;
  }

  @Override
  public String wire() {
    return wire;
  }
}
