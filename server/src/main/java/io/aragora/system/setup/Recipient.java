package io.aragora.system.setup;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who gets a key: one service, or one role of the database. Its certificate is found beside its key
 * under the names that service looks for.
 */
public enum Recipient {
  APP(
      Profile.DATABASE_CLIENT,
      "aragora_app",
      "db.key",
      Map.of("db.crt", "app.crt", "db-ca.crt", "db-ca.crt", "metrics-token", "metrics-token.id")),
  OWNER(
      Profile.DATABASE_CLIENT,
      "aragora_owner",
      "db.key",
      Map.of("db.crt", "owner.crt", "db-ca.crt", "db-ca.crt")),
  DB(
      Profile.DATABASE_SERVER,
      "db",
      "server.key",
      Map.of("server.crt", "db.crt", "ca.crt", "db-ca.crt"),
      Made.CIPHER),
  EDGE(
      Profile.WEB_INTERMEDIATE,
      "Aragora appliance edge",
      "intermediate.key",
      Map.of("intermediate.crt", "edge.crt", "root.crt", "root.crt")),
  OBS(
      Profile.DATABASE_CLIENT,
      "aragora_metrics",
      "db.key",
      Map.of("db.crt", "obs.crt", "db-ca.crt", "db-ca.crt"),
      Made.METRICS_TOKEN,
      Made.ADMIN_PASSWORD);

  private final Profile profile;
  private final String subject;
  private final String keyFile;
  private final Map<String, String> links;
  private final List<Made> made;

  Recipient(
      Profile profile, String subject, String keyFile, Map<String, String> links, Made... made) {
    this.profile = profile;
    this.subject = subject;
    this.keyFile = keyFile;
    this.links = links;
    this.made = List.of(made);
  }

  /** By the name the compose file uses. */
  public static Recipient named(String name) {
    return Stream.of(values())
        .filter(each -> each.wire().equals(name))
        .findFirst()
        .orElseThrow(() -> new SetupFault("nobody here is called " + name));
  }

  String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  Profile profile() {
    return profile;
  }

  /** The common name: what the database takes for the role, or what the server is called. */
  String subject() {
    return subject;
  }

  String keyFile() {
    return keyFile;
  }

  /** Names in the recipient's folder, and the public file each stands for. */
  Map<String, String> links() {
    return links;
  }

  List<Made> made() {
    return made;
  }

  String request() {
    return wire() + ".csr";
  }

  String certificate() {
    return wire() + ".crt";
  }
}
