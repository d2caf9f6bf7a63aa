package io.aragora.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.platform.egress.Deadline;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressPolicy;
import io.aragora.testing.ModelStub;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The OpenAI-compatible adapter keeps the contract, and says what the protocol wants said. */
final class OpenAiProviderTest extends ModelProviderContract {
  private final ModelStub stub = new ModelStub().answering(request -> "{\"answer\": \"yes\"}");
  private final Egress egress = new Egress(EgressPolicy.allowing(Set.of(stub.origin())));

  @AfterEach
  void stop() {
    egress.close();
    stub.close();
  }

  @Override
  ProviderKind kind() {
    return ProviderKind.OPENAI_COMPATIBLE;
  }

  @Override
  ModelProvider provider() {
    var config =
        new ProviderConfig(
            "local", ProviderKind.OPENAI_COMPATIBLE, stub.baseUrl(), "key", List.of());
    return new OpenAiProvider(config, egress, InstantSource.system());
  }

  @Override
  String modelId() {
    return "local/stub-1";
  }

  @Test
  void sendsTheSharedPromptFirstAndTheSchemaAsSuch() {
    Ask ask = ask();
    provider().ask(ask, Deadline.in(LONG), TokenSink.NOWHERE);
    var request = stub.requests().getFirst();
    assertThat(request.path("model").asText()).isEqualTo("stub-1");
    assertThat(request.path("messages").path(0).path("role").asText()).isEqualTo("system");
    assertThat(request.path("messages").path(1).path("content").asText()).isEqualTo(ask.material());
    assertThat(
            request
                .path("response_format")
                .path("json_schema")
                .path("schema")
                .path("type")
                .asText())
        .isEqualTo("object");
    assertThat(request.path("stream_options").path("include_usage").asBoolean()).isTrue();
    assertThat(request.path("max_tokens").asInt()).isEqualTo(500);
    assertThat(stub.calls()).containsOnlyKeys(ask.callId().toString());
  }

  @Test
  void sendsOneRequestAndNoMoreWhenItFails() {
    stub.misbehaving(ModelStub.Misbehaviour.UNAVAILABLE);
    ProviderFailure failure =
        catchThrowableOfType(
            ProviderFailure.class,
            () -> provider().ask(ask(), Deadline.in(LONG), TokenSink.NOWHERE));
    assertThat(failure.kind()).isEqualTo(ProviderFailure.Kind.UNAVAILABLE);
    assertThat(stub.count()).isEqualTo(1);
  }

  @Test
  void readsAnAnswerThatCameInOnePiece() {
    stub.misbehaving(ModelStub.Misbehaviour.NOT_STREAMING);
    Answer answer = provider().ask(ask(), Deadline.in(LONG), TokenSink.NOWHERE);
    assertThat(answer.text()).isEqualTo("{\"answer\": \"yes\"}");
    assertThat(answer.usage()).isEqualTo(Usage.of(21, 7));
    assertThat(answer.modelActual()).isEqualTo(ModelStub.ACTUAL_MODEL);
  }
}
