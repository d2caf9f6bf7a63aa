package io.aragora.system.setup;

import io.aragora.system.setup.Certificates.Wish;
import io.aragora.system.setup.Profile.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The appliance's own certificate authority: one root for the database and one for the web. Answers
 * every request for a certificate, and renews what has less than a month to live.
 */
public final class Authority {
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private final SecretFolder folder;
  private final PublicFolder shared;
  private final Instant now;
  private final SecureRandom random;
  private final Consumer<String> said;

  private Authority(
      SecretFolder folder,
      PublicFolder shared,
      Instant now,
      SecureRandom random,
      Consumer<String> said) {
    this.folder = folder;
    this.shared = shared;
    this.now = now;
    this.random = random;
    this.said = said;
  }

  /** Kept in {@code folder}, as of {@code now}; each thing done is said in a line. */
  public static Authority in(
      Path folder, PublicFolder shared, Instant now, SecureRandom random, Consumer<String> said) {
    return new Authority(SecretFolder.in(folder), shared, now, random, said);
  }

  /**
   * Leaves a good certificate for each recipient; changes nothing where there is one already. The
   * database may be reached by more names than its own.
   */
  public void issue(List<String> databaseNames) {
    Map<Root, Issuer> issuers = new EnumMap<>(Root.class);
    for (Root root : Root.values()) {
      issuers.put(root, issuer(root));
    }
    for (Recipient recipient : Recipient.values()) {
      var issuer = Objects.requireNonNull(issuers.get(recipient.profile().root()));
      issue(wish(recipient, databaseNames), issuer);
    }
  }

  private Wish wish(Recipient recipient, List<String> databaseNames) {
    if (!shared.has(recipient.request())) {
      throw new SetupFault(
          "%s is missing: the job that makes the keys of %s must run first"
              .formatted(recipient.request(), recipient.wire()));
    }
    var names =
        recipient.profile() == Profile.DATABASE_SERVER
            ? Stream.concat(Stream.of(recipient.subject()), databaseNames.stream())
            : Stream.<String>empty();
    try {
      var key = Certificates.requested(shared.read(recipient.request()));
      return new Wish(recipient, key, names.distinct().toList());
    } catch (GeneralSecurityException | IOException bad) {
      throw new SetupFault(
          "%s is damaged: let the job that makes the keys of %s run again"
              .formatted(recipient.request(), recipient.wire()),
          bad);
    }
  }

  private void issue(Wish wish, Issuer issuer) {
    if (!isGood(wish, issuer)) {
      shared.put(wish.recipient().certificate(), Certificates.issue(wish, issuer, now, random));
      said.accept("issued the certificate of " + wish.recipient().wire());
    }
  }

  /** For this key and these names, from this issuer, and with time left. */
  private boolean isGood(Wish wish, Issuer issuer) {
    String file = wish.recipient().certificate();
    if (!shared.has(file)) {
      return false;
    }
    try {
      X509Certificate present = Certificates.read(shared.read(file));
      present.verify(issuer.certificate().getPublicKey());
      return present.getPublicKey().equals(wish.key())
          && Certificates.names(present).equals(wish.names())
          && present.getNotBefore().toInstant().isBefore(now)
          && present.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
    } catch (GeneralSecurityException notOurs) {
      return false;
    }
  }

  private Issuer issuer(Root root) {
    boolean hasKey = folder.has(root.keyFile());
    if (!hasKey && shared.has(root.certificate())) {
      throw new SetupFault(
          "%s is gone, and certificates of it are in use: put it back from the recovery kit into %s"
              .formatted(root.keyFile(), folder.path()));
    }
    return hasKey ? present(root) : fresh(root);
  }

  /** The key goes first: a crash in between leaves one that nobody has seen a certificate of. */
  private Issuer fresh(Root root) {
    folder.put(root.keyFile(), EcKey.write(EcKey.fresh(random)));
    said.accept("made " + root.keyFile());
    return present(root);
  }

  private Issuer present(Root root) {
    try {
      var pair = EcKey.read(folder.read(root.keyFile()));
      if (!folder.has(root.certificate())) {
        folder.put(root.certificate(), certificate(root, pair));
      }
      var file = folder.read(root.certificate());
      var certificate = Certificates.read(file);
      if (!certificate.getPublicKey().equals(pair.getPublic())) {
        throw new SetupFault(
            "%s and %s do not belong together: put both back from the recovery kit"
                .formatted(root.keyFile(), root.certificate()));
      }
      checkTime(root, certificate);
      shared.put(root.certificate(), file);
      return new Issuer(certificate, pair.getPrivate());
    } catch (GeneralSecurityException | IOException | ClassCastException bad) {
      throw new SetupFault(
          "%s in %s is damaged: put it back from the recovery kit"
              .formatted(root.keyFile(), folder.path()),
          bad);
    }
  }

  /** The one the world knows already, where it is of this key; else a new one. */
  private byte[] certificate(Root root, KeyPair pair) throws GeneralSecurityException {
    if (shared.has(root.certificate())) {
      var known = shared.read(root.certificate());
      if (Certificates.read(known).getPublicKey().equals(pair.getPublic())) {
        return known;
      }
    }
    return Certificates.root(root.title() + " " + mark(), pair, now, random);
  }

  private void checkTime(Root root, X509Certificate certificate) {
    var since = certificate.getNotBefore().toInstant();
    var until = certificate.getNotAfter().toInstant();
    if (now.isBefore(since)) {
      throw new SetupFault(
          "this machine's clock says %s, but its authority was made %s: set the clock"
              .formatted(now, since));
    }
    if (now.isAfter(until)) {
      throw new SetupFault(
          "%s ended on %s: move %s and %s out of %s for a new one, which every client must trust anew"
              .formatted(
                  root.certificate(), until, root.keyFile(), root.certificate(), folder.path()));
    }
  }

  /** Tells this appliance's authority from another's of the same name. */
  private String mark() {
    var bytes = new byte[4];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
