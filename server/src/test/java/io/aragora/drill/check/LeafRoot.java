package io.aragora.drill.check;

import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
import java.util.List;

/** The root of the log's leaves as RFC 6962 writes it down, worked out apart from the product. */
final class LeafRoot {
  private static final byte[] NODE = {1};

  private final List<Sha256> leaves;

  private LeafRoot(List<Sha256> leaves) {
    this.leaves = leaves;
  }

  /** Of the newest origin. */
  static LeafRoot in(Database database) {
    return new LeafRoot(
        database.inSystemTransaction(
            tx ->
                tx.list(
                    """
                    select leaf_hash
                      from log_leaf
                     where origin_no = (select max(origin_no) from log_origin)
                     order by leaf_index
                    """,
                    row -> Sha256.ofDigest(row.bytes("leaf_hash")))));
  }

  Sha256 of(long size) {
    return root(leaves.subList(0, (int) size));
  }

  private static Sha256 root(List<Sha256> part) {
    return switch (part.size()) {
      case 0 -> Sha256.of(new byte[0]);
      case 1 -> part.getFirst();
      default -> {
        int left = Integer.highestOneBit(part.size() - 1);
        yield Sha256.of(
            NODE,
            root(part.subList(0, left)).bytes(),
            root(part.subList(left, part.size())).bytes());
      }
    };
  }
}
