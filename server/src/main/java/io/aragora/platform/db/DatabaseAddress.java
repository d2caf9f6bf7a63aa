package io.aragora.platform.db;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a database is, as whom and how to enter it; its text never shows the password. */
public record DatabaseAddress(String url, String user, String password, @Nullable DatabaseTls tls) {

  /** Entered by password, in whatever way the database asks for. */
  public DatabaseAddress(String url, String user, String password) {
    this(url, user, password, null);
  }

  /** All but the address itself, by the names the driver knows them by. */
  Map<String, String> properties() {
    var all = new HashMap<String, String>();
    all.put("user", user);
    all.put("password", password);
    if (tls != null) {
      all.putAll(tls.properties());
    }
    return all;
  }

  @Override
  public String toString() {
    return user + " at " + url;
  }
}
