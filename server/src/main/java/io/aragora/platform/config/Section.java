package io.aragora.platform.config;

import java.util.List;

/** Variables that belong together, and when a change to one takes effect. */
record Section(String title, String effect, List<Variable<?>> variables) {
  Section {
    variables = List.copyOf(variables);
  }
}
