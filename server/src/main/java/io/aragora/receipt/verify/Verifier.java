package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.JsonLimits;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyStatement;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.json.JsonFault;
import io.aragora.receipt.verify.Check.Step;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks receipt files offline against a set of trusted keys; pure, and safe on hostile input. */
public final class Verifier {
  private final PublicKeys trusted;

  public Verifier(PublicKeys trusted) {
    this.trusted = trusted;
  }

  /** Checks an envelope, a JWS or a bundle; never throws, whatever the bytes are. */
  public Verification verify(byte[] file) {
    var checks = new ArrayList<Check>();
    open(file, checks).ifPresent(opened -> content(opened, checks));
    for (Step step : Step.values()) {
      if (checks.stream().noneMatch(check -> check.step() == step)) {
        checks.add(Check.skipped(step, "not looked at, for an earlier check did not pass"));
      }
    }
    return Verification.of(checks);
  }

  /** The checks of content alone, before or after signing: schema, re-tally, outcome. */
  public static List<Check> countAgain(JsonNode statement) {
    Check schema = attempt(Step.SCHEMA, () -> Schema.check(statement));
    if (schema.state() == Check.State.FAILED) {
      return List.of(schema);
    }
    JsonNode predicate = statement.path("predicate");
    return List.of(
        schema,
        attempt(Step.RETALLY, () -> Recount.check(predicate)),
        attempt(Step.OUTCOME, () -> Legality.check(predicate)));
  }

  private Optional<ReceiptFile> open(byte[] file, List<Check> checks) {
    try {
      ReceiptFile opened = ReceiptFile.read(file);
      checks.add(Check.ok(Step.PARSE, "one well-formed receipt of " + file.length + " bytes"));
      return Optional.of(opened);
    } catch (VerificationFault | JsonFault | IllegalArgumentException bad) {
      checks.add(Check.failed(Step.PARSE, String.valueOf(bad.getMessage())));
      return Optional.empty();
    }
  }

  private void content(ReceiptFile file, List<Check> checks) {
    Check signature = attempt(Step.SIGNATURE, () -> signature(file));
    checks.add(signature);
    if (signature.state() != Check.State.OK) {
      return;
    }
    Check key = attempt(Step.KEY, () -> key(file));
    checks.add(key);
    List<Check> content = parts(file);
    checks.addAll(content);
    if (content.stream().noneMatch(check -> check.state() == Check.State.FAILED)) {
      JsonNode statement = file.statement();
      if (key.state() == Check.State.OK) {
        checks.addAll(new LogChecks(trusted).check(file, statement));
      }
      checks.add(attempt(Step.DISCLOSURES, () -> DisclosureCheck.check(file, statement)));
    }
  }

  private static List<Check> parts(ReceiptFile file) {
    var checks = new ArrayList<Check>();
    try {
      checks.addAll(countAgain(file.statement()));
    } catch (JsonFault bad) {
      checks.add(Check.failed(Step.SCHEMA, "the payload is not acceptable JSON: " + bad.message()));
      return checks;
    }
    checks.add(1, attempt(Step.CANONICAL, () -> canonical(file)));
    return checks;
  }

  private Check signature(ReceiptFile file) {
    // Read even where the key is trusted: a bundle must not carry keys under false names.
    PublicKeys embedded = embedded(file);
    Optional<VerifyKey> known =
        trusted
            .find(KeyPurpose.RECEIPT, file.keyId())
            .or(() -> embedded.find(KeyPurpose.RECEIPT, file.keyId()))
            .map(KeyStatement::key);
    if (known.isEmpty()) {
      return Check.failed(
          Step.SIGNATURE, "no key " + file.keyId() + " is at hand: give the issuer's public keys");
    }
    return file.seal().test(known.get())
        ? Check.ok(Step.SIGNATURE, "Ed25519 by " + file.keyId())
        : Check.failed(Step.SIGNATURE, "the signature is not by " + file.keyId());
  }

  private static PublicKeys embedded(ReceiptFile file) {
    return file.parts().has("keys")
        ? TrustedKeys.jwks(CanonicalJson.bytes(file.parts().get("keys")))
        : new PublicKeys(List.of());
  }

  private Check key(ReceiptFile file) {
    Optional<KeyStatement> statement = trusted.find(KeyPurpose.RECEIPT, file.keyId());
    if (statement.isEmpty()) {
      return Check.failed(Step.KEY, "the key is not among the trusted ones");
    }
    Instant issued = Instant.parse(file.statement().at("/predicate/receipt/issued_at").asText());
    return statement.get().isInForceAt(issued)
        ? Check.ok(Step.KEY, "trusted, and in force when the receipt was issued")
        : Check.failed(
            Step.KEY, "the key was not yet in force when the receipt says it was issued");
  }

  private static Check canonical(ReceiptFile file) {
    return Arrays.equals(CanonicalJson.bytes(file.statement()), file.payload())
            && CanonicalJson.isCanonical(file.payload(), JsonLimits.RECEIPT)
        ? Check.ok(Step.CANONICAL, "the payload is in its canonical form")
        : Check.failed(Step.CANONICAL, "the payload is not in its canonical form (RFC 8785)");
  }

  /** Whatever a hostile file makes a step trip over is that step's failure. */
  static Check attempt(Step step, Supplier<Check> work) {
    try {
      return work.get();
    } catch (VerificationFault
        | JsonFault
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException bad) {
      return Check.failed(step, String.valueOf(bad.getMessage()));
    }
  }
}
