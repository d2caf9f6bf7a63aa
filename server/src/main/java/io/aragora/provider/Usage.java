package io.aragora.provider;

import io.aragora.kernel.Tokens;

/** What a call used, if the provider said so; unknown usage is charged at the bound. */
public sealed interface Usage {
  Usage UNKNOWN = new Unknown();
  Usage NONE = new Known(Tokens.NONE);

  static Usage of(long input, long output) {
    return new Known(new Tokens(input, output));
  }

  /** Counted by the provider. */
  record Known(Tokens tokens) implements Usage {}

  /** Not told. */
  record Unknown() implements Usage {}
}
