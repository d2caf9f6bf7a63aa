package io.aragora.platform.config;

/** How the line to the mail server is kept private. */
public enum MailTls {
  /** Begins in clear text and must turn to TLS before anything is said. */
  STARTTLS,
  /** TLS from the first byte. */
  TLS,
  /** In clear text: for a relay on this machine or behind a tunnel. */
  NONE
}
