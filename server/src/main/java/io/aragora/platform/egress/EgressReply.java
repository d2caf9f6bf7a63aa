package io.aragora.platform.egress;

import java.util.Optional;

/** A reply that is still arriving; every read keeps the deadline and the size cap. Close it. */
public interface EgressReply extends AutoCloseable {
  int status();

  /** The first value of a header, whatever its case. */
  Optional<String> header(String name);

  /** The whole body. */
  byte[] bytes();

  /** The whole body as text; {@link EgressFault.Kind#BAD_ENCODING} if it is not UTF-8. */
  String text();

  /** The next line without its end, or empty after the last one; refuses lines over the cap. */
  Optional<String> nextLine(int maxBytes);

  /** Stops the transfer; what has not arrived yet is not wanted. */
  @Override
  void close();
}
