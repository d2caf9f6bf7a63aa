package io.aragora.platform.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * The listening connection: its own, never from the pool, in autocommit, because nothing arrives
 * inside a transaction. When it breaks it is opened again, later each time, and then everybody is
 * rung, because rings may have been missed.
 */
final class DoorbellLine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DoorbellLine.class.getName());
  private static final int LISTEN_MILLIS = 5_000;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final DatabaseAddress address;
  private final String channel;
  private final Consumer<String> onRing;
  private final Runnable onReconnect;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean connected;

  DoorbellLine(
      DatabaseAddress address, String channel, Consumer<String> onRing, Runnable onReconnect) {
    this.address = address;
    this.channel = channel;
    this.onRing = onRing;
    this.onReconnect = onReconnect;
    this.thread = Thread.ofVirtual().name("doorbell").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean isConnected() {
    return connected;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    for (int failures = 0; !isClosed(); ) {
      try {
        listen();
        failures = 0;
      } catch (SQLException | RuntimeException broken) {
        failures = connected ? 1 : failures + 1;
        connected = false;
        if (!isClosed()) {
          LOG.log(System.Logger.Level.WARNING, "doorbell line broke: {0}", broken.getMessage());
          pause(failures);
        }
      }
    }
  }

  private void listen() throws SQLException {
    try (Connection connection = connect()) {
      try (var statement = connection.createStatement()) {
        statement.execute("listen " + channel);
      }
      connected = true;
      onReconnect.run();
      var line = connection.unwrap(PGConnection.class);
      while (!isClosed()) {
        for (var ring : line.getNotifications(LISTEN_MILLIS)) {
          onRing.accept(ring.getParameter());
        }
      }
    } finally {
      if (isClosed()) {
        connected = false;
      }
    }
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.putAll(address.properties());
    properties.setProperty("ApplicationName", "aragora-doorbell");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "5");
    Connection connection = DriverManager.getConnection(address.url(), properties);
    connection.setAutoCommit(true);
    return connection;
  }

  private void pause(int failures) {
    long most = Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(failures, 6));
    try {
      if (closed.await(
          ThreadLocalRandom.current().nextLong(most / 2, most), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException stop) {
      closed.countDown();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }
}
