package io.aragora.system.node;

/** Why this node must not serve; the message is one line that says what to do. */
public final class NodeFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NodeFault(String message) {
    super(message, null, false, false);
  }
}
