package io.aragora.platform.config;

import org.jspecify.annotations.Nullable;

/**
 * One declared setting: its name in the environment, what it may be, and its line in the docs. The
 * default is null where absence means something.
 */
record Variable<T>(String name, Kind<T> kind, @Nullable String standard, Level level, String line) {

  /** Whether most operators need to see it. */
  enum Level {
    BASIC,
    ADVANCED
  }

  /** The name as an operator writes it: a secret is only ever given as a file. */
  String writtenName() {
    return kind.isSecret() ? fileName() : name;
  }

  /** The variable that names a file holding this one's value. */
  String fileName() {
    return name + "_FILE";
  }
}
