package io.aragora.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.crypto.KeyFolder;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The keys that wrap all data keys: one file {@code secret-0001.kek} a version, beside the signing
 * keys, never in the database or the environment. A version this node has not seen yet is looked
 * for in the folder, so that a rotation needs no restart.
 */
final class MasterKeys {
  private static final System.Logger LOG = System.getLogger(MasterKeys.class.getName());
  private static final String SUFFIX = ".kek";
  private static final Pattern NAME = Pattern.compile("secret-([0-9]{4,8})[.]kek");
  private static final String FORM = "aragora-kek/1";

  private final KeyFolder folder;
  private final SecureRandom random;
  private volatile Map<Integer, Master> keys = Map.of();

  private MasterKeys(KeyFolder folder, SecureRandom random) {
    this.folder = folder;
    this.random = random;
  }

  /** A key and what may be told about it: a hash by which nodes see that theirs is the same. */
  record Master(AesKey key, String print) {
    int version() {
      return key.version();
    }
  }

  /** What a key's file holds; {@code sum} tells a whole file from a half. */
  record Content(String form, int version, String key, String sum) {
    @Override
    public String toString() {
      return form + " version " + version;
    }
  }

  /** Reads all key files, or refuses with the first that is damaged or open to others. */
  static MasterKeys in(Path directory, SecureRandom random) {
    var masters = new MasterKeys(KeyFolder.in(directory), random);
    var read = new TreeMap<Integer, Master>();
    masters.files().forEach((version, name) -> read.put(version, masters.read(version, name)));
    masters.keys = Map.copyOf(read);
    return masters;
  }

  Optional<Master> find(int version) {
    if (!keys.containsKey(version)) {
      lookAgain();
    }
    return Optional.ofNullable(keys.get(version));
  }

  /** The highest version of which there is a file; 0 if there is none. */
  int newest() {
    return files().keySet().stream().mapToInt(version -> version).max().orElse(0);
  }

  Master make(int version) {
    byte[] key = new byte[AesKey.BYTES];
    random.nextBytes(key);
    String text = Base64Text.encodeUrl(key);
    var content = new Content(FORM, version, text, sum(version, text));
    folder.create(name(version), Json.bytes(content));
    Arrays.fill(key, (byte) 0);
    return find(version).orElseThrow(() -> new KeyFault("cannot read " + path(version)));
  }

  /** Runs work while nobody else makes keys in this folder. */
  void locked(Runnable work) {
    folder.locked(work);
  }

  Path path(int version) {
    return folder.path(name(version));
  }

  static String name(int version) {
    return "secret-%04d%s".formatted(version, SUFFIX);
  }

  /** A running node must not stumble over a file that is just being copied: it looks again. */
  private synchronized void lookAgain() {
    var known = new TreeMap<>(keys);
    files()
        .forEach(
            (version, name) -> {
              if (!known.containsKey(version)) {
                try {
                  known.put(version, read(version, name));
                } catch (KeyFault unusable) {
                  LOG.log(System.Logger.Level.WARNING, "{0}", unusable.getMessage());
                }
              }
            });
    keys = Map.copyOf(known);
  }

  private Map<Integer, String> files() {
    var found = new TreeMap<Integer, String>();
    for (String name : folder.names(SUFFIX)) {
      var matched = NAME.matcher(name);
      if (matched.matches()) {
        found.put(Integer.parseInt(matched.group(1)), name);
      }
    }
    return found;
  }

  private Master read(int version, String name) {
    byte[] file = folder.read(name);
    try {
      var content = Json.read(file, Content.class);
      if (!content.form().equals(FORM)
          || content.version() != version
          || !content.sum().equals(sum(version, content.key()))) {
        throw damaged(name);
      }
      byte[] key = Base64Text.decodeUrl(content.key());
      var master = new Master(new AesKey(version, key), print(key));
      Arrays.fill(key, (byte) 0);
      return master;
    } catch (JsonFault | IllegalArgumentException | NullPointerException bad) {
      // Not the parser's message: it may quote the key.
      throw damaged(name);
    }
  }

  private KeyFault damaged(String name) {
    return new KeyFault(
        folder.path(name) + " is damaged, restore it from a backup or copy it from another node");
  }

  private static String sum(int version, String key) {
    return Sha256.ofText(FORM + "|" + version + "|" + key).hex();
  }

  private static String print(byte[] key) {
    return Sha256.of("aragora-kek-print|".getBytes(UTF_8), key).hex();
  }
}
