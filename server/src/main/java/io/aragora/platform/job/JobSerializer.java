package io.aragora.platform.job;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import io.aragora.platform.json.Json;

/** Job data as JSON, so that a newer version and a person can read it. */
final class JobSerializer implements Serializer {
  @Override
  public byte[] serialize(Object data) {
    return Json.bytes(data);
  }

  @Override
  public <T> T deserialize(Class<T> type, byte[] data) {
    return Json.read(data, type);
  }
}
