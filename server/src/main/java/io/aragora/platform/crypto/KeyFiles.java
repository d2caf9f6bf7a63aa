package io.aragora.platform.crypto;

import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The signing keys' files: for each key {@code purpose-thumbprint.pk8} (private, 0600) and {@code
 * purpose-thumbprint.json} (its statement).
 */
final class KeyFiles {
  private static final String PRIVATE = ".pk8";

  private final KeyFolder folder;

  private KeyFiles(KeyFolder folder) {
    this.folder = folder;
  }

  static KeyFiles in(Path directory) {
    return new KeyFiles(KeyFolder.in(directory));
  }

  static boolean isEmptyAt(Path directory) {
    if (!Files.isDirectory(directory)) {
      return true;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.noneMatch(each -> each.toString().endsWith(PRIVATE));
    } catch (IOException bad) {
      throw new KeyFault("cannot read the key directory " + directory, bad);
    }
  }

  /** The public halves, by their names; reads only. */
  static List<KeyStatement> statementsAt(Path directory) {
    if (isEmptyAt(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      var statements = new ArrayList<KeyStatement>();
      for (Path key : files.filter(each -> each.toString().endsWith(".pk8")).sorted().toList()) {
        String name = key.getFileName().toString().replace(".pk8", ".json");
        statements.add(statement(directory.resolve(name)));
      }
      return statements;
    } catch (IOException bad) {
      throw new KeyFault("cannot read the key directory " + directory, bad);
    }
  }

  /** Runs work while nobody else, here or in another process, touches the directory. */
  void locked(Runnable work) {
    folder.locked(work);
  }

  /** The private key goes first: a crash in between leaves a key that nobody has seen yet. */
  void keep(KeyPurpose purpose, Signer signer, Instant notBefore) {
    var statement = new KeyStatement(signer.key(), purpose, notBefore);
    String name = purpose.wire() + "-" + signer.key().keyId();
    folder.create(name + PRIVATE, signer.pkcs8());
    folder.create(name + ".json", CanonicalJson.bytes(statement.json()));
  }

  List<KeyRing.OwnKey> load(Instant now) {
    var keys = new ArrayList<KeyRing.OwnKey>();
    for (String file : folder.names(PRIVATE)) {
      keys.add(read(file.substring(0, file.length() - PRIVATE.length()), now));
    }
    return keys;
  }

  private KeyRing.OwnKey read(String name, Instant now) {
    Path file = folder.path(name + PRIVATE);
    Signer signer = signer(file, folder.read(name + PRIVATE));
    Path beside = folder.path(name + ".json");
    if (!Files.exists(beside)) {
      KeyPurpose purpose = KeyPurpose.of(name.substring(0, name.indexOf('-')));
      var statement = new KeyStatement(signer.key(), purpose, now);
      folder.create(name + ".json", CanonicalJson.bytes(statement.json()));
    }
    KeyStatement statement = statement(beside);
    if (!name.equals(statement.purpose().wire() + "-" + signer.key().keyId())
        || !statement.key().equals(signer.key())) {
      throw new KeyFault(file + " and " + beside + " are not of the same key: restore both");
    }
    return new KeyRing.OwnKey(statement, signer);
  }

  private static Signer signer(Path file, byte[] content) {
    try {
      return Signer.ofPkcs8(content);
    } catch (KeyFault bad) {
      throw new KeyFault(file + " is damaged, restore it from a backup: " + bad.getMessage());
    }
  }

  /** A statement is no secret: it may be open to others. */
  private static KeyStatement statement(Path file) {
    try {
      return KeyStatement.of(Json.tree(Files.readAllBytes(file)));
    } catch (IOException bad) {
      throw new KeyFault("cannot read " + file, bad);
    } catch (JsonFault | IllegalArgumentException | DateTimeException bad) {
      throw new KeyFault(file + " is damaged, restore it from a backup", bad);
    }
  }
}
