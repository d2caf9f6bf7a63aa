package io.aragora.access;

import java.util.Optional;

/** Tells more of a caller who is a person signed in. */
public interface PersonSource {
  /** {@code cookies} is the request's Cookie header, which the person's CSRF token hangs on. */
  Optional<Person> person(Caller caller, Optional<String> cookies);
}
