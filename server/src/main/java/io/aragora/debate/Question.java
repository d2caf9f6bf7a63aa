package io.aragora.debate;

import io.aragora.kernel.Money;
import io.aragora.platform.crypto.Sha256;
import io.aragora.provider.Ask;
import io.aragora.provider.AskKind;
import io.aragora.provider.Model;
import java.util.UUID;

/**
 * One seat about to be asked: seat 0 is the editor, who has no vote. The bound covers every attempt
 * that can be billed; {@code ownChoice} is the seat's blind choice, or empty.
 */
record Question(
    int seat, int round, String move, String ownChoice, Model model, Ask ask, Money bound) {

  static String moveOf(AskKind kind) {
    return switch (kind) {
      case DRAFT -> Replay.DRAFT;
      case CHALLENGE -> Replay.CHALLENGE;
      case BALLOT -> Replay.BALLOT;
      case EDIT -> Replay.EDIT;
    };
  }

  UUID callId() {
    return ask.callId();
  }

  /** What identifies the request in the journal, whatever its call id. */
  String requestSha256() {
    return Sha256.ofText(
            String.join("\u001f", ask.modelId(), ask.system(), ask.material(), ask.jsonSchema()))
        .hex();
  }
}
