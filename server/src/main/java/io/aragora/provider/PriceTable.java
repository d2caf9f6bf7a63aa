package io.aragora.provider;

import io.aragora.platform.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The versioned table of what models cost and who makes them, as it lies in the jar. */
final class PriceTable {
  private static final String RESOURCE = "/prices/prices.json";

  /** A line of models and its maker, known by how names are written. */
  record Family(String pattern, String vendor, String family) {
    boolean covers(String name) {
      return Pattern.compile(pattern).matcher(name.toLowerCase(Locale.ROOT)).find();
    }
  }

  /** One priced model. */
  record Entry(
      String id, String pattern, long context, long inputMicroPerMtok, long outputMicroPerMtok) {
    Price price() {
      return new Price(inputMicroPerMtok, outputMicroPerMtok);
    }
  }

  /** The models one API serves. */
  record Service(String id, String api, List<Entry> models) {}

  /** The file. */
  record Contents(
      String version,
      String source,
      String licence,
      List<Family> families,
      List<Service> providers) {}

  private final Contents contents;
  private final String sha256;

  private PriceTable(Contents contents, String sha256) {
    this.contents = contents;
    this.sha256 = sha256;
  }

  static PriceTable load() {
    try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the price table is missing: " + RESOURCE);
      }
      byte[] bytes = in.readAllBytes();
      return new PriceTable(Json.read(bytes, Contents.class), digest(bytes));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  String sha256() {
    return sha256;
  }

  /** The price of a model at the service this address belongs to. */
  Optional<Entry> find(URI baseUrl, String name) {
    return contents.providers().stream()
        .filter(service -> Pattern.compile(service.api()).matcher(baseUrl.toString()).lookingAt())
        .flatMap(service -> service.models().stream())
        .filter(entry -> Pattern.compile(entry.pattern()).matcher(name).find())
        .findFirst();
  }

  /** Who makes a model; a name nobody knows is its own family of its provider. */
  Family maker(String name, String provider) {
    return contents.families().stream()
        .filter(family -> family.covers(name))
        .findFirst()
        .orElseGet(() -> new Family("", provider, name));
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
