package io.aragora.access;

import io.aragora.platform.http.Right;

/** The right that every admitted caller has, whatever its permissions. */
enum AnyCaller implements Right {
  ADMITTED;

  @Override
  public String wire() {
    return "any";
  }
}
