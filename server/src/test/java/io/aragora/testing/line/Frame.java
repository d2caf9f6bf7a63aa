package io.aragora.testing.line;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One message of the PostgreSQL protocol: a type and what follows its length. */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Frame(byte type, byte[] body) {
  /** The next message, or none when the other side has left. */
  static Optional<Frame> read(DataInputStream in) throws IOException {
    try {
      byte type = in.readByte();
      return Optional.of(new Frame(type, in.readNBytes(in.readInt() - Integer.BYTES)));
    } catch (EOFException left) {
      return Optional.empty();
    }
  }

  /** The first message of a connection, which has no type; as it came. */
  static byte[] readStart(DataInputStream in) throws IOException {
    int length = in.readInt();
    return ByteBuffer.allocate(length)
        .putInt(length)
        .put(in.readNBytes(length - Integer.BYTES))
        .array();
  }

  /** A statement in the simple protocol. */
  static Frame query(String sql) {
    return new Frame((byte) 'Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
  }

  void write(OutputStream out) throws IOException {
    out.write(
        ByteBuffer.allocate(1 + Integer.BYTES + body.length)
            .put(type)
            .putInt(Integer.BYTES + body.length)
            .put(body)
            .array());
  }

  boolean is(char letter) {
    return type == letter;
  }

  /** The text that starts at this byte, up to its zero. */
  String text(int from) {
    int end = from;
    while (body[end] != 0) {
      end++;
    }
    return new String(body, from, end - from, StandardCharsets.UTF_8);
  }

  /** The second of two texts that follow each other. */
  String secondText() {
    return text(text(0).getBytes(StandardCharsets.UTF_8).length + 1);
  }
}
