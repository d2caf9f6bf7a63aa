package io.aragora;

import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.db.KnownSchema;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressPolicy;
import io.aragora.platform.mail.MailSeal;
import io.aragora.platform.observe.Probe;
import io.aragora.platform.secret.SecretBox;
import io.aragora.system.node.Joining;
import io.aragora.transparency.TransparencyLog;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;

/** What a node stands on: its database, its keys, its disk and its door to other machines. */
record Footing(
    Database database,
    Doorbell doorbell,
    Egress egress,
    KeyRing keys,
    SecretBox secrets,
    Joining joining,
    Probe disk) {
  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(30);

  /** Refuses a node that does not fit its database before it signs or migrates anything. */
  static Footing of(Settings settings, InstantSource clock, SecureRandom random) {
    var database = Database.open(settings.database().app(), settings.database().poolSize());
    try {
      return join(settings, database, clock, random);
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
  }

  private static Footing join(
      Settings settings, Database database, InstantSource clock, SecureRandom random) {
    var disk =
        Probe.disk(settings.storage().dataDir(), settings.storage().minFreeMegabytes() * 1_048_576);
    var folder = settings.storage().dataDir().resolve("keys");
    var joining = new Joining(database, DATABASE_PATIENCE, clock);
    joining.requireSchema(KnownSchema.upTo(settings.storage().schemaAhead()));
    KeyRing keys =
        joining.openKeys(folder, random, own -> TransparencyLog.isSignedBy(database, own));
    Joining.require(disk);
    SecretBox secrets = SecretBox.open(database, folder, clock, random);
    return new Footing(
        database,
        Doorbell.open(settings.database().app()),
        new Egress(EgressPolicy.allowing(new HashSet<>(settings.models().egressAllow()))),
        keys,
        secrets,
        joining,
        disk);
  }

  /** Mail waits in the database: links in it sign people in, so it waits sealed. */
  MailSeal mailSeal() {
    return new MailSeal() {
      @Override
      public byte[] seal(String where, byte[] plain) {
        return secrets.sealOwn(where, plain);
      }

      @Override
      public byte[] open(String where, byte[] sealed) {
        return secrets.openOwn(where, sealed);
      }
    };
  }

  void close() {
    egress.close();
    doorbell.close();
    database.close();
  }
}
