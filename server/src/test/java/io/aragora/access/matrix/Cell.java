package io.aragora.access.matrix;

/** One caller, one operation, one kind of ids: what should come of it and what did. */
public record Cell(String operation, String who, Ids ids, Outcome expected, Outcome seen) {
  public boolean deviates() {
    return expected != seen;
  }
}
