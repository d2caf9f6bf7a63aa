package io.aragora.platform.http;

/** Answers one call of one operation; says no by throwing {@link io.aragora.kernel.Refusal}. */
@FunctionalInterface
public interface Handler {
  Reply handle(Call call);
}
