package io.aragora.access.session;

import io.aragora.access.Caller;
import io.aragora.access.Person;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts together what a person is told of themselves. */
final class PersonReading {
  private static final PersonStore STORE = new PersonStore();

  private PersonReading() {}

  static Optional<Person> read(Tx tx, Caller caller, UUID session, Optional<String> cookies) {
    Optional<String> csrf = SessionCookie.token(cookies.stream().toList()).map(SessionTokens::csrf);
    return STORE
        .person(tx, session)
        .map(found -> whole(found, caller, csrf, memberships(tx, caller)));
  }

  /** A workspace's name can be read only from within it. */
  private static List<Person.Membership> memberships(Tx tx, Caller caller) {
    return STORE.workspaces(tx, caller.person()).stream()
        .flatMap(
            place -> {
              tx.enter(place);
              return STORE.membership(tx, place, caller.person()).stream();
            })
        .toList();
  }

  private static Person whole(
      Person found, Caller caller, Optional<String> csrf, List<Person.Membership> all) {
    return new Person(
        found.accountId(),
        found.email(),
        found.name(),
        found.operator(),
        all.stream()
            .filter(each -> each.workspaceId().equals(caller.workspace().value()))
            .map(Person.Membership::role)
            .findFirst()
            .orElse(null),
        found.sessionId(),
        csrf.orElse(null),
        found.expiresAt(),
        all);
  }
}
