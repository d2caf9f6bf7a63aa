package io.aragora.platform.config;

import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.DatabaseTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where the database is and how each of our two roles enters it. */
final class DatabaseReader {
  private final Environment environment;

  DatabaseReader(Environment environment) {
    this.environment = environment;
  }

  Settings.Postgres read() {
    String url = environment.read(Variables.DATABASE_URL);
    var authority = file(Variables.DATABASE_CA_FILE).orElse(null);
    var app = client(authority, Variables.DATABASE_CERT_FILE, Variables.DATABASE_KEY_FILE);
    var owner =
        client(authority, Variables.DATABASE_OWNER_CERT_FILE, Variables.DATABASE_OWNER_KEY_FILE);
    return new Settings.Postgres(
        new DatabaseAddress(
            url,
            environment.read(Variables.DATABASE_USER),
            password(Variables.DATABASE_PASSWORD),
            authority == null ? null : new DatabaseTls(authority, app)),
        new DatabaseAddress(
            url,
            environment.read(Variables.DATABASE_OWNER_USER),
            password(Variables.DATABASE_OWNER_PASSWORD),
            authority == null ? null : new DatabaseTls(authority, owner)),
        environment.read(Variables.DATABASE_POOL_SIZE));
  }

  private String password(Variable<Secret> variable) {
    return environment.maybe(variable).map(Secret::value).orElse("");
  }

  private DatabaseTls.@Nullable Client client(
      @Nullable Path authority, Variable<Path> certificate, Variable<Path> key) {
    var proof = file(certificate).orElse(null);
    var secret = file(key).orElse(null);
    if ((proof == null) != (secret == null)) {
      environment.fault(
          certificate.name(), "and " + key.name() + " go together; set both or neither");
    }
    if (proof != null && authority == null) {
      environment.fault(
          certificate.name(), "is of use only over TLS; set " + Variables.DATABASE_CA_FILE.name());
    }
    return proof == null || secret == null ? null : new DatabaseTls.Client(proof, secret);
  }

  /** The driver would tell of a missing file only at the first connection, and not by its name. */
  private Optional<Path> file(Variable<Path> variable) {
    var file = environment.maybe(variable);
    if (file.isPresent() && !Files.isReadable(file.orElseThrow())) {
      environment.fault(variable.name(), "names a file that cannot be read: " + file.orElseThrow());
    }
    return file;
  }
}
