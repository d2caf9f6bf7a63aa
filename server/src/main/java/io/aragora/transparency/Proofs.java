package io.aragora.transparency;

import io.aragora.kernel.ReceiptId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.TreeReader;
import java.util.Optional;

/** Proves from the database alone that a receipt is in the log; needs no key. */
final class Proofs {
  private final OriginStore origins = new OriginStore();
  private final LeafStore leaves = new LeafStore();

  /** Empty until a checkpoint covers the receipt. */
  Optional<TlogProof> of(Tx tx, ReceiptId receipt) {
    return leaves.place(tx, receipt).flatMap(place -> of(tx, place));
  }

  private Optional<TlogProof> of(Tx tx, LeafStore.Place place) {
    return origins
        .newestNote(tx, place.originNo())
        .filter(note -> place.index() < Checkpoint.unverified(note).size())
        .map(
            note -> {
              long size = Checkpoint.unverified(note).size();
              var tree =
                  new TreeReader(
                      (level, from, count) ->
                          leaves.hashes(tx, place.originNo(), level, from, count),
                      size);
              return new TlogProof(
                  place.index(),
                  tree.inclusion(place.index()).hashes(),
                  LeafEntry.read(place.entry()),
                  note);
            });
  }
}
