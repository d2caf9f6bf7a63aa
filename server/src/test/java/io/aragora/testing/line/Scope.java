package io.aragora.testing.line;

/** Which round trips are counted. */
public enum Scope {
  /** Those of requests, not those the job runner and the log's sequencer make by themselves. */
  REQUESTS,
  /** All but the doorbell's and those that greet. */
  ALL
}
