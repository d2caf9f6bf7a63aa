package io.aragora.system.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One recipient's secrets in the recipient's own folder. What is there and whole is kept; what can
 * be made again without loss is repaired; what cannot is refused in words.
 */
public final class OwnKeys {
  private final Recipient recipient;
  private final SecretFolder folder;
  private final PublicFolder shared;
  private final SecureRandom random;
  private final Consumer<String> said;

  private OwnKeys(
      Recipient recipient,
      SecretFolder folder,
      PublicFolder shared,
      SecureRandom random,
      Consumer<String> said) {
    this.recipient = recipient;
    this.folder = folder;
    this.shared = shared;
    this.random = random;
    this.said = said;
  }

  /** Of the recipient, in {@code folder}; each thing done is said in a line. */
  public static OwnKeys of(
      Recipient recipient,
      Path folder,
      PublicFolder shared,
      SecureRandom random,
      Consumer<String> said) {
    return new OwnKeys(recipient, SecretFolder.in(folder), shared, random, said);
  }

  /** Makes what is missing and asks for the certificate. */
  public void complete() {
    recipient.made().forEach(this::complete);
    ask(keyPair());
    link();
  }

  /** Makes one file anew, as after a leak; the old cipher is kept, for old backups need it. */
  public void renew(String file) {
    if (file.equals(recipient.keyFile())) {
      ask(freshPair());
    } else {
      recipient.made().stream()
          .filter(each -> each.file().equals(file))
          .findFirst()
          .ifPresentOrElse(
              this::renew,
              () -> {
                throw new SetupFault("%s has no file %s".formatted(recipient.wire(), file));
              });
    }
    link();
  }

  private void renew(Made made) {
    if (made.isIrreplaceable() && folder.has(made.file())) {
      folder.setAside(made.file(), made.file() + ".old");
    }
    make(made);
  }

  private void complete(Made made) {
    if (!folder.has(made.file())) {
      if (made.isIrreplaceable() && shared.has(made.trace())) {
        throw lost(made, "is gone");
      }
      make(made);
      return;
    }
    var trace = made.traceOf(folder.read(made.file()));
    if (!shared.has(made.trace())) {
      shared.put(made.trace(), trace);
    } else if (!Arrays.equals(trace, shared.read(made.trace()))) {
      if (made.isIrreplaceable()) {
        throw lost(made, "is not the one that was made here");
      }
      said.accept("%s was damaged or changed: made anew".formatted(made.file()));
      make(made);
    }
  }

  /** The trace comes last: a crash in between leaves a secret that is whole and only unknown. */
  private void make(Made made) {
    var content = made.fresh(random);
    folder.put(made.file(), content);
    shared.put(made.trace(), made.traceOf(content));
    said.accept("made " + made.file());
  }

  private SetupFault lost(Made made, String how) {
    return new SetupFault(
        "%s %s, and backups exist that only it can open: put it back from the recovery kit into %s"
            .formatted(made.file(), how, folder.path()));
  }

  private KeyPair keyPair() {
    if (!folder.has(recipient.keyFile())) {
      return freshPair();
    }
    try {
      return EcKey.read(folder.read(recipient.keyFile()));
    } catch (GeneralSecurityException | IOException | ClassCastException damaged) {
      said.accept("%s was damaged: made anew".formatted(recipient.keyFile()));
      return freshPair();
    }
  }

  private KeyPair freshPair() {
    var pair = EcKey.fresh(random);
    folder.put(recipient.keyFile(), EcKey.write(pair));
    said.accept("made " + recipient.keyFile());
    return pair;
  }

  private void ask(KeyPair pair) {
    try {
      if (shared.has(recipient.request())
          && Certificates.requested(shared.read(recipient.request())).equals(pair.getPublic())) {
        return;
      }
    } catch (GeneralSecurityException | IOException damaged) {
      said.accept("%s was damaged: written anew".formatted(recipient.request()));
    }
    shared.put(recipient.request(), Certificates.request(recipient.subject(), pair));
    said.accept("asked for the certificate of " + recipient.wire());
  }

  private void link() {
    recipient.links().forEach((name, target) -> folder.link(name, shared.path().resolve(target)));
  }
}
