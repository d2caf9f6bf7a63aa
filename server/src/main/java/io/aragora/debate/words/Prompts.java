package io.aragora.debate.words;

import io.aragora.platform.crypto.Sha256;
import io.aragora.provider.AskKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The versioned prompt file of each move; its hash goes into the frame and the receipt. */
public final class Prompts {
  private final Map<AskKind, String> texts = new EnumMap<>(AskKind.class);
  private final Map<String, String> sha256s = new TreeMap<>();

  public Prompts() {
    for (AskKind kind : AskKind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      byte[] file = read("/prompts/" + name + ".md");
      texts.put(kind, new String(file, java.nio.charset.StandardCharsets.UTF_8));
      sha256s.put(name, Sha256.of(file).hex());
    }
  }

  public String text(AskKind kind) {
    return java.util.Objects.requireNonNull(texts.get(kind), kind::name);
  }

  /** The hash of each move's file, by the move's name in lower case. */
  public Map<String, String> sha256s() {
    return Map.copyOf(sha256s);
  }

  private static byte[] read(String path) {
    try (InputStream in = Prompts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + path);
      }
      return in.readAllBytes();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
