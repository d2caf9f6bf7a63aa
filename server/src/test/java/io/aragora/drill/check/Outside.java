package io.aragora.drill.check;

import io.aragora.drill.history.History;
import io.aragora.drill.history.Operation.ReceiptRead;
import io.aragora.drill.rig.Door;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import io.aragora.receipt.verify.Verification;
import io.aragora.receipt.verify.Verifier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the outside sees afterwards: every receipt verifies, and no stranger sees any of it. */
public final class Outside {
  private static final int SAMPLE = 50;

  private Outside() {}

  /** Asks a node for everything the history knows of. */
  public static Map<String, String> check(Rig rig, NodeProcess node, History history)
      throws IOException {
    List<ReceiptRead> receipts =
        history.of(ReceiptRead.class).distinct().toList().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    ReceiptRead::receipt, each -> each, (one, two) -> one, LinkedHashMap::new))
            .values()
            .stream()
            .toList();
    var found = new LinkedHashMap<String, String>();
    found.put("receipts", Invariants.words(unverified(rig, node, receipts)));
    found.put("I6", Invariants.words(visible(rig, node, receipts)));
    return found;
  }

  private static List<String> unverified(Rig rig, NodeProcess node, List<ReceiptRead> receipts)
      throws IOException {
    var door = new Door(node.url(), rig.key().secret());
    var verifier = new Verifier(rig.keys().publicKeys());
    var faults = new ArrayList<String>();
    for (ReceiptRead each : receipts) {
      var last = new Verification[1];
      // The newest receipts wait a second for the checkpoint that covers them.
      boolean isSettled =
          Until.isTrue(
              Duration.ofSeconds(10),
              () -> {
                last[0] = verifier.verify(bytes(door, each));
                return last[0].conclusion() != Verification.Conclusion.NOT_IN_LOG;
              });
      if (!isSettled || last[0].conclusion() != Verification.Conclusion.VALID) {
        faults.add("receipt %s is %s".formatted(each.receipt(), last[0].conclusion()));
      }
    }
    return faults;
  }

  private static byte[] bytes(Door door, ReceiptRead receipt) {
    try {
      return door.get("/api/v1/receipts/" + receipt.receipt()).body();
    } catch (IOException unreachable) {
      return new byte[0];
    }
  }

  private static List<String> visible(Rig rig, NodeProcess node, List<ReceiptRead> receipts)
      throws IOException {
    var stranger = new Door(node.url(), rig.strangersKey().secret());
    var faults = new ArrayList<String>();
    for (ReceiptRead each : receipts.stream().limit(SAMPLE).toList()) {
      for (String path :
          List.of(
              "/api/v1/debates/" + each.debate(),
              "/api/v1/debates/" + each.debate() + "/events",
              "/api/v1/receipts/" + each.receipt())) {
        int status = stranger.status(path);
        if (status != 404) {
          faults.add("a stranger's GET %s was answered with %d".formatted(path, status));
        }
      }
    }
    for (String list : List.of("/api/v1/debates", "/api/v1/receipts")) {
      int items = stranger.get(list).json().path("items").size();
      if (items != 0) {
        faults.add("a stranger's GET %s shows %d items".formatted(list, items));
      }
    }
    return faults;
  }
}
