package io.aragora.provider;

import java.util.List;

/**
 * What a model answered.
 *
 * @param text the JSON document, checked against the ask's schema; still untrusted words
 * @param usage of the attempt that gave this text; the others' are in their attempts
 * @param modelActual the model the provider says answered
 * @param attempts every request made for it, in order, the last one being this answer's
 */
public record Answer(
    String text, Usage usage, String modelActual, FinishReason finish, List<Attempt> attempts) {
  public Answer {
    attempts = List.copyOf(attempts);
  }
}
