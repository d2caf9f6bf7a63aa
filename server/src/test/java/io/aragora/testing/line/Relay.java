package io.aragora.testing.line;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection: passes messages both ways until the line is told to spoil one. */
final class Relay {
  /** First statements of what the server does without being asked: jobs, leases, checkpoints. */
  private static final List<String> BACKGROUND =
      List.of("scheduled_tasks", "pg_try_advisory_xact_lock", "clock_timestamp()");

  private static final byte IDLE = 'I';

  private final FaultyLine line;
  private final Socket near;
  private final Socket far;
  private final Map<String, String> prepared = new HashMap<>();
  private boolean isBackground;
  private volatile boolean isDoorbell;
  private volatile boolean isMute;
  private volatile byte status = IDLE;

  Relay(FaultyLine line, Socket near, Socket far) throws IOException {
    this.line = line;
    this.near = near;
    this.far = far;
    near.setTcpNoDelay(true);
    far.setTcpNoDelay(true);
  }

  void start() {
    Thread.ofVirtual().name("line-there").start(() -> pump(this::there));
    Thread.ofVirtual().name("line-back").start(() -> pump(this::back));
  }

  boolean isDoorbell() {
    return isDoorbell;
  }

  void close() {
    line.ended(this);
    try (near;
        far) {
      isMute = true;
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** One direction of the traffic. */
  private interface Direction {
    void run() throws IOException;
  }

  private void pump(Direction direction) {
    try {
      direction.run();
    } catch (IOException broken) {
      // One side left or was cut off; the other must notice.
    } finally {
      close();
    }
  }

  private void there() throws IOException {
    var in = new DataInputStream(new BufferedInputStream(near.getInputStream()));
    var out = new BufferedOutputStream(far.getOutputStream());
    out.write(Frame.readStart(in));
    out.flush();
    var trip = new RoundTrip();
    for (Optional<Frame> next = Frame.read(in); next.isPresent(); next = Frame.read(in)) {
      Frame frame = next.get();
      if (frame.is('p') || frame.is('X')) {
        frame.write(out);
        out.flush();
        continue;
      }
      trip.add(frame, prepared);
      if (trip.isWhole()) {
        Optional<LineFault> fault = faultOf(trip);
        if (fault.isEmpty()) {
          trip.write(out);
        } else if (!spoil(trip, fault.get(), in, out)) {
          return;
        }
        trip = new RoundTrip();
      }
    }
  }

  private Optional<LineFault> faultOf(RoundTrip trip) {
    isDoorbell |= trip.isListen();
    if (isDoorbell || trip.isGreeting()) {
      return Optional.empty();
    }
    if (status == IDLE) {
      isBackground = BACKGROUND.stream().anyMatch(trip.sql()::contains);
    }
    return line.next(isBackground, trip.sql());
  }

  /** Whether the connection goes on. */
  private boolean spoil(RoundTrip trip, LineFault fault, DataInputStream in, OutputStream out)
      throws IOException {
    if (fault.isSaidByServer()) {
      // The server itself fails, so that its transaction stands as it would after a real failure.
      Frame.query(
              "do $$ begin raise exception 'spoiled' using errcode = '%s'; end $$"
                  .formatted(fault.sqlState()))
          .write(out);
      out.flush();
      return true;
    }
    switch (fault) {
      case CUT_AFTER -> {
        isMute = true;
        trip.write(out);
        // The other direction ends the connection once the server has done it.
        in.transferTo(OutputStream.nullOutputStream());
      }
      case STALL -> in.transferTo(OutputStream.nullOutputStream());
      default -> {
        // Cut off before the server hears of it.
      }
    }
    return false;
  }

  private void back() throws IOException {
    var in = new DataInputStream(new BufferedInputStream(far.getInputStream()));
    var out = new BufferedOutputStream(near.getOutputStream());
    for (Optional<Frame> next = Frame.read(in); next.isPresent(); next = Frame.read(in)) {
      Frame frame = next.get();
      if (frame.is('Z')) {
        status = frame.body()[0];
        if (isMute) {
          return;
        }
      }
      if (!isMute) {
        frame.write(out);
        if (in.available() == 0) {
          out.flush();
        }
      }
    }
  }
}
