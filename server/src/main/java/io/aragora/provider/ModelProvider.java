package io.aragora.provider;

import io.aragora.platform.egress.Deadline;

/** A way to ask a model once: no retry, no repair, every failure typed. */
public interface ModelProvider {
  /**
   * Asks and waits for the whole answer, telling its words to the sink as they come; fails with
   * {@link ProviderFailure}.
   */
  Answer ask(Ask ask, Deadline deadline, TokenSink sink);

  /** The same way, paid with another key; where no key is sent, this one. */
  default ModelProvider withKey(String key) {
    return this;
  }
}
