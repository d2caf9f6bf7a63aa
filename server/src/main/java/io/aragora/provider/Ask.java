package io.aragora.provider;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One question to one model.
 *
 * @param callId the same on every attempt, and sent along, so that a call can be traced
 * @param modelId which model, by {@link Model#id()}
 * @param system the move's prompt, the same for all seats
 * @param material a JSON document: frame and evidence first, what only this seat gets last
 * @param jsonSchema what the answer must satisfy
 * @param maxTokens the most the answer may have
 * @param repair the answer that broke the schema and why, when this asks a second time
 */
public record Ask(
    UUID callId,
    String modelId,
    AskKind kind,
    String system,
    String material,
    String jsonSchema,
    int maxTokens,
    double temperature,
    long seed,
    @Nullable Repair repair) {

  public Ask {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("an answer needs at least one token: " + maxTokens);
    }
  }

  /** An answer that could not be used, and what was wrong with it. */
  public record Repair(String answer, List<String> faults) {
    public Repair {
      faults = List.copyOf(faults);
    }
  }

  /** The same question, shown what was wrong with the first answer. */
  Ask repairing(String answer, List<String> faults) {
    return new Ask(
        callId,
        modelId,
        kind,
        system,
        material,
        jsonSchema,
        maxTokens,
        temperature,
        seed,
        new Repair(answer, faults));
  }
}
