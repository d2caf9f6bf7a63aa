package io.aragora.platform.config;

import java.util.List;

/** The environment cannot be used; every fault is listed, and no secret is in any of them. */
public final class SettingsFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  SettingsFault(List<String> faults) {
    super("settings: " + String.join("; ", faults), null, false, false);
    this.faults = List.copyOf(faults);
  }

  /** A setting that only shows to be wrong when it is used. */
  public static SettingsFault of(String fault) {
    return new SettingsFault(List.of(fault));
  }

  /** One sentence each, beginning with the variable's name. */
  public List<String> faults() {
    return faults;
  }
}
