package io.aragora.testing;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes what there is of a body, whether or not it comes to its end. */
final class AsFarAsItComes implements BodySubscriber<byte[]> {
  private final ByteArrayOutputStream got = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> all = new CompletableFuture<>();

  @Override
  public CompletionStage<byte[]> getBody() {
    return all;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      got.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable brokenOff) {
    all.complete(got.toByteArray());
  }

  @Override
  public void onComplete() {
    all.complete(got.toByteArray());
  }
}
