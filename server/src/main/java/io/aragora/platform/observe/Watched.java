package io.aragora.platform.observe;

/** Something that knows numbers worth watching, and tells them when asked. */
@FunctionalInterface
public interface Watched {
  void tell(Meters meters);
}
