package io.aragora.drill.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A relay on loopback between a node and a model server; it can be told to be a bad network. */
final class BadLine implements AutoCloseable {
  /** How it treats connections from now on. */
  enum Quality {
    GOOD,
    /** Takes connections and bytes and never says a word. */
    BLACKHOLE,
    /** Cuts three of ten connections somewhere. */
    LOSSY,
    /** Lets the question and the beginning of the answer through, then nothing. */
    HALF_OPEN
  }

  private static final int LOST_OF_TEN = 3;

  private final ServerSocket socket;
  private final URI beyond;
  private final Random random;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Quality quality = Quality.GOOD;

  BadLine(URI beyond, long seed) throws IOException {
    this.socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.beyond = beyond;
    this.random = new Random(seed);
    Thread.ofVirtual().start(this::accept);
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  void becomes(Quality next) {
    quality = next;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket each : open) {
      each.close();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket near = socket.accept();
        open.add(near);
        Thread.ofVirtual().start(() -> serve(near, quality));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket near, Quality how) {
    try (var far = new Socket(beyond.getHost(), beyond.getPort())) {
      if (how == Quality.BLACKHOLE) {
        near.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        return;
      }
      long answered = answered(how);
      Thread.ofVirtual().start(() -> copy(near, far, Long.MAX_VALUE));
      copy(far, near, answered);
      if (how == Quality.HALF_OPEN) {
        near.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      }
    } catch (IOException gone) {
      // One of the two left: that is the end of this line.
    } finally {
      end(near);
    }
  }

  /** How many bytes of the answer get through. */
  private synchronized long answered(Quality how) {
    return switch (how) {
      case GOOD -> Long.MAX_VALUE;
      case BLACKHOLE -> 0;
      case LOSSY -> random.nextInt(10) < LOST_OF_TEN ? random.nextInt(600) : Long.MAX_VALUE;
      case HALF_OPEN -> 200;
    };
  }

  private static void copy(Socket from, Socket to, long most) {
    var block = new byte[4_096];
    try {
      for (long left = most; left > 0; ) {
        int read = from.getInputStream().read(block, 0, (int) Math.min(left, block.length));
        if (read < 0) {
          return;
        }
        to.getOutputStream().write(block, 0, read);
        to.getOutputStream().flush();
        left -= read;
      }
    } catch (IOException gone) {
      // The other direction notices too.
    }
  }

  private void end(Socket near) {
    try {
      near.close();
      open.remove(near);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
