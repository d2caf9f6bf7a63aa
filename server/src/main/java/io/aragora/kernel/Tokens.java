package io.aragora.kernel;

/** What a model read and wrote in one call, counted in its own tokens. */
public record Tokens(long input, long output) {
  public static final Tokens NONE = new Tokens(0, 0);

  public Tokens {
    if (input < 0 || output < 0) {
      throw new IllegalArgumentException("tokens must not be negative: " + input + ", " + output);
    }
  }

  public Tokens plus(Tokens other) {
    return new Tokens(input + other.input, output + other.output);
  }
}
