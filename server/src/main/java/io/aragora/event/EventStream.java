package io.aragora.event;

import io.aragora.platform.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Writes one viewer's stream: events as they come, a comment when nothing comes, until the debate's
 * last event, the end of the stream's life or the end of the node.
 */
final class EventStream implements Reply.Writer {
  /** How often a stream writes at least, so that nobody between takes it for dead. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final Supplier<Viewer> viewers;
  private final Duration heartbeat;
  private final Duration life;

  EventStream(Supplier<Viewer> viewers, Duration heartbeat, Duration life) {
    this.viewers = viewers;
    this.heartbeat = heartbeat;
    this.life = life;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (Viewer viewer = viewers.get()) {
      out.write(Frame.RETRY);
      out.flush();
      follow(viewer, out);
      if (!viewer.sawLast()) {
        out.write(Frame.reconnect(ThreadLocalRandom.current().nextInt(100, 1_000)));
        out.flush();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Viewer viewer, OutputStream out) throws IOException, InterruptedException {
    long end = System.nanoTime() + life.toNanos();
    long written = System.nanoTime();
    for (long now = written; now < end && !viewer.isOver(); now = System.nanoTime()) {
      long silence = heartbeat.toNanos() - (now - written);
      List<byte[]> news = viewer.next(Duration.ofNanos(Math.max(0, Math.min(silence, end - now))));
      if (news.isEmpty() && System.nanoTime() - written < heartbeat.toNanos()) {
        continue;
      }
      for (byte[] frame : news.isEmpty() ? List.of(Frame.HEARTBEAT) : news) {
        out.write(frame);
      }
      out.flush();
      written = System.nanoTime();
    }
  }
}
