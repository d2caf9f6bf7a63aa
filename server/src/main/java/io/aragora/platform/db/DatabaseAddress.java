package io.aragora.platform.db;

/** Where a database is and as whom to enter it; its text never shows the password. */
public record DatabaseAddress(String url, String user, String password) {
  @Override
  public String toString() {
    return user + " at " + url;
  }
}
