package io.aragora.transparency;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The log and the public keys over HTTP, open to everybody. */
public final class LogRoutes implements Routes {
  private static final String NOTE = "text/plain; charset=utf-8";
  private static final String TILE = "application/octet-stream";
  private static final String PEM = "application/x-pem-file";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String SHORTLY = "public, max-age=1";
  private static final String FOR_MINUTES = "public, max-age=300";

  static final Operation CHECKPOINT =
      Operation.get("log.checkpoint", "/log/checkpoint")
          .about("The newest signed head of the transparency log (C2SP tlog-checkpoint).")
          .gives(200, NOTE, "A signed note: origin, size, root, signature.")
          .refuses(ErrorCode.NOT_FOUND);

  // A tile's number is one path segment for each three digits, and a width takes one more.
  static final Operation TILE_NEAR = tile("log.tile", "/log/tile/{level}/{a}");
  static final Operation TILE_FAR = tile("log.tile_far", "/log/tile/{level}/{a}/{b}");
  static final Operation TILE_FARTHER = tile("log.tile_farther", "/log/tile/{level}/{a}/{b}/{c}");

  static final Operation JWKS =
      Operation.get("keys.jwks", "/.well-known/jwks.json")
          .about("The public keys of receipts as a JWK set.")
          .gives(200, "application/jwk-set+json", "Every receipt key ever used.");

  static final Operation DECISION_KEYS =
      Operation.get("keys.decision", "/.well-known/decision-keys.json")
          .about("Every key this appliance ever used, what it signs and since when.")
          .gives(200, "application/json", "Key statements, oldest first.");

  static final Operation ODR_KEY =
      Operation.get("keys.odr", "/.well-known/aragora-odr-signing-key")
          .about("The key that signs Open Decision Receipts now.")
          .gives(200, PEM, "SubjectPublicKeyInfo in PEM.");

  private final TransparencyLog log;
  private final KeyRing keys;

  public LogRoutes(TransparencyLog log, KeyRing keys) {
    this.log = log;
    this.keys = keys;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(CHECKPOINT, this::checkpoint),
        new Endpoint(TILE_NEAR, call -> tile(call, "a")),
        new Endpoint(TILE_FAR, call -> tile(call, "a", "b")),
        new Endpoint(TILE_FARTHER, call -> tile(call, "a", "b", "c")),
        new Endpoint(JWKS, call -> jwks()),
        new Endpoint(DECISION_KEYS, call -> decisionKeys()),
        new Endpoint(ODR_KEY, call -> odrKey()));
  }

  private Reply checkpoint(Call call) {
    return cached(NOTE, found(log.checkpointNote(), "checkpoint"), SHORTLY);
  }

  private Reply tile(Call call, String... segments) {
    String level = call.path("level");
    String path = Stream.of(segments).map(call::path).collect(Collectors.joining("/"));
    TilePath tile = found(TilePath.parse(path), path);
    if (level.equals("entries")) {
      return cached(TILE, found(log.entries(tile), path), FOR_EVER);
    }
    // Tiles of level 7 would span 2^64 leaves.
    if (!level.matches("[0-6]")) {
      throw Refusal.of(ErrorCode.NOT_FOUND, "no such level of the log: " + level);
    }
    return cached(TILE, found(log.tile(Integer.parseInt(level), tile), path), FOR_EVER);
  }

  private Reply jwks() {
    return cached("application/jwk-set+json", keys.publicKeys().jwks(), FOR_MINUTES);
  }

  private Reply decisionKeys() {
    return cached("application/json", keys.publicKeys().decisionKeys(), FOR_MINUTES);
  }

  private Reply odrKey() {
    byte[] pem = keys.receiptSigner().key().pem().getBytes(StandardCharsets.US_ASCII);
    return cached(PEM, pem, FOR_MINUTES);
  }

  private static Reply cached(String mediaType, byte[] bytes, String howLong) {
    return Reply.bytes(200, mediaType, bytes).with("Cache-Control", howLong);
  }

  private static <T> T found(Optional<T> thing, String name) {
    return thing.orElseThrow(
        () -> Refusal.of(ErrorCode.NOT_FOUND, "the log has no such part: " + name));
  }

  private static Operation tile(String id, String path) {
    return Operation.get(id, path)
        .about("Hashes of the log's tree, or its entries where level is entries (C2SP tlog-tiles).")
        .gives(200, TILE, "At most 256 hashes of 32 bytes, or entries behind their lengths.")
        .refuses(ErrorCode.NOT_FOUND);
  }
}
