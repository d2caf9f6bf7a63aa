package io.aragora.transparency;

import io.aragora.platform.crypto.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads served tiles as a monitor would, knowing only the published format. */
final class TileBytes {
  private TileBytes() {}

  static List<Sha256> hashes(byte[] tile) {
    var left = ByteBuffer.wrap(tile);
    var hashes = new ArrayList<Sha256>();
    while (left.hasRemaining()) {
      byte[] hash = new byte[32];
      left.get(hash);
      hashes.add(Sha256.ofDigest(hash));
    }
    return hashes;
  }

  static List<byte[]> entries(byte[] bundle) {
    var left = ByteBuffer.wrap(bundle);
    var entries = new ArrayList<byte[]>();
    while (left.hasRemaining()) {
      byte[] entry = new byte[Short.toUnsignedInt(left.getShort())];
      left.get(entry);
      entries.add(entry);
    }
    return entries;
  }
}
