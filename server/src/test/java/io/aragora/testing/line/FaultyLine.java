package io.aragora.testing.line;

import io.aragora.platform.db.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A relay on loopback between a pool of connections and PostgreSQL. It knows just enough of the
 * protocol to count round trips over all connections, and spoils the one it is told to.
 */
public final class FaultyLine implements AutoCloseable {
  /** How long a stalled round trip lasts at most. */
  public static final int PATIENCE_SECONDS = 1;

  private final ServerSocket door;
  private final DatabaseAddress database;
  private final URI target;
  private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
  private volatile Watch watch = new Watch(Scope.ALL, nth -> Optional.empty());

  private FaultyLine(ServerSocket door, DatabaseAddress database) {
    this.door = door;
    this.database = database;
    this.target = URI.create(database.url().substring("jdbc:".length()));
  }

  /** Opens a line to this database. */
  public static FaultyLine to(DatabaseAddress database) {
    try {
      var line =
          new FaultyLine(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), database);
      Thread.ofVirtual().name("line").start(line::accept);
      return line;
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** The near end: the same database and user, reached through this line with little patience. */
  public DatabaseAddress address() {
    DatabaseAddress plain = plainAddress();
    return new DatabaseAddress(
        plain.url() + "&socketTimeout=" + PATIENCE_SECONDS, plain.user(), plain.password());
  }

  /** As {@link #address}, with the patience that the server itself has. */
  public DatabaseAddress plainAddress() {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d%s?sslmode=disable&gssEncMode=disable"
            .formatted(door.getLocalPort(), target.getPath()),
        database.user(),
        database.password());
  }

  /** Spoils nothing and counts from zero. */
  public void count(Scope scope) {
    watch = new Watch(scope, nth -> Optional.empty());
  }

  /** Spoils nothing and keeps what each round trip from now asks. */
  public void listen(Scope scope) {
    watch = Watch.listening(scope);
  }

  /** What each round trip asked since the line was told to listen, in order. */
  public List<String> heard() {
    return watch.heard();
  }

  /** Counts from zero and spoils the n-th round trip from now, once. */
  public void spoil(int nth, LineFault fault, Scope scope) {
    watch = new Watch(scope, each -> each == nth ? Optional.of(fault) : Optional.empty());
  }

  /** Spoils one round trip in so many, in any way, until told otherwise. */
  public void storm(int oneIn, Random random) {
    LineFault[] all = LineFault.values();
    watch =
        new Watch(
            Scope.ALL,
            each ->
                random.nextInt(oneIn) == 0
                    ? Optional.of(all[random.nextInt(all.length)])
                    : Optional.empty());
  }

  public int counted() {
    return watch.counted();
  }

  /** How many round trips were spoiled. */
  public int spoiled() {
    return watch.spoiled();
  }

  /** The statements that were spoiled; empty as long as none was. */
  public String struck() {
    return watch.struck();
  }

  /** Breaks every connection there is, as a database that restarts does. */
  public void cutAll() {
    relays.forEach(Relay::close);
  }

  /** Breaks the listening connections and tells how many there were. */
  public long cutDoorbell() {
    var bells = relays.stream().filter(Relay::isDoorbell).toList();
    bells.forEach(Relay::close);
    return bells.size();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
    cutAll();
  }

  Optional<LineFault> next(boolean isBackground, String sql) {
    return watch.next(isBackground, sql);
  }

  void ended(Relay relay) {
    relays.remove(relay);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        var relay = new Relay(this, near, new Socket(target.getHost(), target.getPort()));
        relays.add(relay);
        relay.start();
      } catch (IOException closed) {
        return;
      }
    }
  }
}
