package io.aragora.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names of the event types, taken from the records themselves so that they cannot differ. */
final class EventTypes {
  // Asked for each event that is written: the name is made once a type.
  private static final ClassValue<String> NAMES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return type.getSimpleName()
              .replaceFirst("(?<=[a-z])(?=[A-Z])", ".")
              .toLowerCase(Locale.ROOT);
        }
      };

  static final String LAST = nameOf(Event.DebateClosed.class);

  private static final Map<String, Class<? extends Event>> BY_NAME = byName();

  private EventTypes() {}

  /** Two words of a record's name, in lower case and joined by a dot. */
  static String nameOf(Class<? extends Event> type) {
    return NAMES.get(type);
  }

  /** All types in the order they are declared. */
  static Map<String, Class<? extends Event>> all() {
    return BY_NAME;
  }

  static Optional<Class<? extends Event>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static Map<String, Class<? extends Event>> byName() {
    var all = new LinkedHashMap<String, Class<? extends Event>>();
    Arrays.stream(Event.class.getPermittedSubclasses())
        .map(type -> type.<Event>asSubclass(Event.class))
        .forEach(type -> all.put(nameOf(type), type));
    return all;
  }
}
