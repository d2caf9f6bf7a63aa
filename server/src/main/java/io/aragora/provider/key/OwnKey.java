package io.aragora.provider.key;

/** Whether a workspace pays a provider with a key of its own. */
public sealed interface OwnKey {
  /** It does, with this; never printed. */
  record Kept(String key) implements OwnKey {
    @Override
    public String toString() {
      return "a key";
    }
  }

  /** It does not. */
  record None() implements OwnKey {}

  /** There is one, but it does not open here: nobody else's is used in its place. */
  record Unreadable() implements OwnKey {}

  /** The database did not say. */
  record Unknown() implements OwnKey {}
}
