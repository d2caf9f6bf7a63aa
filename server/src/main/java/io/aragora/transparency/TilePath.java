package io.aragora.transparency;

import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.merkle.TreeReader;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which tile is asked for: its number in its level and how many hashes wide (C2SP tlog-tiles). */
record TilePath(long number, int width) {
  private static final Pattern FULL = Pattern.compile("(x[0-9]{3}/){0,3}[0-9]{3}");
  private static final Pattern WIDTH = Pattern.compile("[1-9][0-9]{0,2}");

  /** Reads {@code x001/x234/067} or {@code x001/x234/067.p/17}; each tile has one spelling. */
  static Optional<TilePath> parse(String path) {
    int part = path.indexOf(".p/");
    String place = part < 0 ? path : path.substring(0, part);
    String width = part < 0 ? "256" : path.substring(part + 3);
    if (!FULL.matcher(place).matches()
        || (place.startsWith("x000/"))
        || !WIDTH.matcher(width).matches()
        || (part >= 0 && Integer.parseInt(width) >= TreeReader.TILE_WIDTH)) {
      return Optional.empty();
    }
    long number = Long.parseLong(place.replace("x", "").replace("/", ""));
    return Optional.of(new TilePath(number, Integer.parseInt(width)));
  }

  long from() {
    return number * TreeReader.TILE_WIDTH;
  }

  boolean isWithin(long hashes) {
    return from() + width <= hashes;
  }

  static byte[] join(List<Sha256> hashes) {
    var out = new ByteArrayOutputStream(hashes.size() * 32);
    hashes.forEach(hash -> out.writeBytes(hash.bytes()));
    return out.toByteArray();
  }

  /** Each entry behind its length in two bytes, high byte first. */
  static byte[] bundle(List<byte[]> entries) {
    var out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      out.write(entry.length >> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }
}
