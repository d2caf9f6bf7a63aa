package io.aragora.debate.brief;

import io.aragora.kernel.Money;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything a debate starts from, fixed before any seat is asked. Its canonical JSON is stored and
 * its hash, the frame digest, is what the receipt is about. It holds no floating point.
 *
 * @param rule wire form of the consensus rule
 * @param bound the most the calls can cost; signed, so that nobody can say it was not known
 * @param promptSha256 hash of each move's prompt file, by move
 */
public record Brief(
    String question,
    String context,
    List<Choice> options,
    boolean open,
    String rule,
    int quorum,
    int maxRounds,
    boolean irreversible,
    long seed,
    List<Seat> panel,
    List<Attached> evidence,
    Money cap,
    Money bound,
    int callSeconds,
    int deadlineSeconds,
    String language,
    String domain,
    String riskTier,
    String engineVersion,
    String priceTableSha256,
    Map<String, String> promptSha256,
    Instant referenceTime,
    boolean rehearsal) {

  public Brief {
    options = List.copyOf(options);
    panel = List.copyOf(panel);
    evidence = List.copyOf(evidence);
    promptSha256 = Map.copyOf(promptSha256);
  }

  /** The same brief with the most its calls can cost. */
  public Brief bounded(Money most) {
    return new Brief(
        question,
        context,
        options,
        open,
        rule,
        quorum,
        maxRounds,
        irreversible,
        seed,
        panel,
        evidence,
        cap,
        most,
        callSeconds,
        deadlineSeconds,
        language,
        domain,
        riskTier,
        engineVersion,
        priceTableSha256,
        promptSha256,
        referenceTime,
        rehearsal);
  }

  /** One option. */
  public record Choice(String id, String label) {}

  /** One place on the panel, numbered from 1; the temperature is in thousandths. */
  public record Seat(
      int seat,
      String lens,
      String model,
      String name,
      String provider,
      String family,
      String vendor,
      int temperatureMilli) {}

  /** One attached text under the short id the panel cites it by. */
  public record Attached(String id, String sha256, String name) {}

  /** The canonical text, stored and hashed. */
  public String canonical() {
    return new String(CanonicalJson.bytes(Json.toTree(this)), StandardCharsets.UTF_8);
  }

  public static String digest(String canonical) {
    return Sha256.ofText(canonical).hex();
  }

  public static Brief parse(String canonical) {
    return Json.read(canonical, Brief.class);
  }

  public Seat seat(int number) {
    return panel.get(number - 1);
  }
}
