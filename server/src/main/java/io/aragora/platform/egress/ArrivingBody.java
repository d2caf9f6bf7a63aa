package io.aragora.platform.egress;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A body read piece by piece: the next one is asked for only when the last one was taken. */
final class ArrivingBody implements BodySubscriber<ArrivingBody> {
  private sealed interface Part {
    record Bytes(List<ByteBuffer> buffers) implements Part {}

    record End() implements Part {}

    record Broken(Throwable cause) implements Part {}
  }

  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private final Deadline deadline;
  private final long maxBytes;
  private long seen;
  private boolean ended;

  ArrivingBody(Deadline deadline, long maxBytes) {
    this.deadline = deadline;
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<ArrivingBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription arrived) {
    subscription.complete(arrived);
    arrived.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    parts.add(new Part.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    parts.add(new Part.Broken(cause));
  }

  @Override
  public void onComplete() {
    parts.add(new Part.End());
  }

  /** The next bytes, or null after the last ones. */
  byte @Nullable [] next() {
    if (ended) {
      return null;
    }
    return switch (take()) {
      case Part.Bytes(List<ByteBuffer> buffers) -> {
        byte[] bytes = joined(buffers);
        subscription.join().request(1);
        yield bytes;
      }
      case Part.End() -> {
        ended = true;
        yield null;
      }
      case Part.Broken(Throwable cause) -> throw Faults.of(cause);
    };
  }

  private Part take() {
    try {
      Part part = parts.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      if (part == null) {
        cancel();
        throw new EgressFault(EgressFault.Kind.TIMEOUT, "the reply did not end in time");
      }
      return part;
    } catch (InterruptedException stopped) {
      cancel();
      throw Faults.interrupted();
    }
  }

  private byte[] joined(List<ByteBuffer> buffers) {
    int size = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
    seen += size;
    if (seen > maxBytes) {
      cancel();
      throw new EgressFault(
          EgressFault.Kind.TOO_LARGE, "the reply is larger than " + maxBytes + " bytes");
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    buffers.forEach(all::put);
    return all.array();
  }

  void cancel() {
    ended = true;
    subscription.thenAccept(Flow.Subscription::cancel);
  }
}
