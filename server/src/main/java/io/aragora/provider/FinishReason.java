package io.aragora.provider;

/** Why a model stopped writing. */
public enum FinishReason {
  /** It was done. */
  STOP,
  /** It reached the token limit. */
  LENGTH,
  /** Something the provider did not name in a way we know. */
  OTHER
}
