package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of a given size, read tile by tile: roots and proofs cost a few tiles, never all leaves.
 * Lives for one answer, since it keeps the tiles it has read.
 */
public final class TreeReader {
  public static final int TILE_HEIGHT = 8;
  public static final int TILE_WIDTH = 1 << TILE_HEIGHT;

  private final HashSource source;
  private final long size;
  private final Map<Place, List<Sha256>> tiles = new HashMap<>();

  public TreeReader(HashSource source, long size) {
    this.source = source;
    this.size = size;
  }

  public long size() {
    return size;
  }

  /** How many hashes a tree of this size has at a tile level. */
  public static long width(long size, int level) {
    return size >> (TILE_HEIGHT * level);
  }

  /** The root of the first {@code leaves} leaves. */
  public Sha256 root(long leaves) {
    if (leaves > size) {
      throw new IllegalArgumentException("a tree of " + size + " has no " + leaves + " leaves");
    }
    return leaves == 0 ? Merkle.emptyRoot() : range(0, leaves);
  }

  public InclusionProof inclusion(long index) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    var path = new ArrayList<Sha256>();
    climb(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  public ConsistencyProof consistency(long from) {
    var path = new ArrayList<Sha256>();
    if (from > 0 && from < size) {
      climb(from, 0, size, path, Known.WHOLE);
    }
    return new ConsistencyProof(from, size, path);
  }

  private void climb(long index, long low, long high, List<Sha256> path) {
    if (high - low == 1) {
      return;
    }
    long middle = low + largestPowerBelow(high - low);
    if (index < middle) {
      climb(index, low, middle, path);
      path.add(range(middle, high));
    } else {
      climb(index, middle, high, path);
      path.add(range(low, middle));
    }
  }

  /** SUBPROOF of RFC 9162, section 2.1.4.1. */
  private void climb(long from, long low, long high, List<Sha256> path, Known old) {
    if (from == high) {
      if (old == Known.PART) {
        path.add(range(low, high));
      }
      return;
    }
    long middle = low + largestPowerBelow(high - low);
    if (from <= middle) {
      climb(from, low, middle, path, old);
      path.add(range(middle, high));
    } else {
      climb(from, middle, high, path, Known.PART);
      path.add(range(low, middle));
    }
  }

  private Sha256 range(long low, long high) {
    long leaves = high - low;
    if (Long.bitCount(leaves) == 1) {
      return complete(Long.numberOfTrailingZeros(leaves), low);
    }
    long middle = low + largestPowerBelow(leaves);
    return Merkle.node(range(low, middle), range(middle, high));
  }

  /** The root of the complete subtree of this height that starts at leaf {@code low}. */
  private Sha256 complete(int height, long low) {
    int level = height / TILE_HEIGHT;
    long first = width(low, level);
    int count = 1 << (height % TILE_HEIGHT);
    int inTile = (int) (first % TILE_WIDTH);
    return Merkle.fold(tile(level, first / TILE_WIDTH).subList(inTile, inTile + count));
  }

  private List<Sha256> tile(int level, long number) {
    return tiles.computeIfAbsent(
        new Place(level, number),
        place -> {
          long from = number * TILE_WIDTH;
          int count = (int) Math.min(TILE_WIDTH, width(size, level) - from);
          List<Sha256> hashes = source.hashes(level, from, count);
          if (hashes.size() != count) {
            throw new IllegalStateException(
                "%s has %d of %d hashes".formatted(place, hashes.size(), count));
          }
          return hashes;
        });
  }

  private static long largestPowerBelow(long number) {
    return Long.highestOneBit(number - 1);
  }

  /** Whether the verifier already knows the hash of the subtree the old tree ends in. */
  private enum Known {
    WHOLE,
    PART
  }

  private record Place(int level, long number) {}
}
