package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The published shape of a receipt's statement. */
final class Schema {
  /** Where the schema stands on the class path; it is published under the same name. */
  static final String FILE = "/receipt/decision-receipt-v1.schema.json";

  private static final JsonSchema SHAPE = load();

  private Schema() {}

  static Check check(JsonNode statement) {
    Set<ValidationMessage> faults = SHAPE.validate(statement);
    if (faults.isEmpty()) {
      // The pattern takes a 13th month; a calendar does not.
      Instant.parse(statement.at("/predicate/receipt/issued_at").asText());
      return Check.ok(Check.Step.SCHEMA, "a decision-receipt/v1");
    }
    var texts = new TreeSet<String>();
    faults.forEach(fault -> texts.add(fault.getMessage()));
    return Check.failed(Check.Step.SCHEMA, texts.first());
  }

  private static JsonSchema load() {
    try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(FILE))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              Json.tree(in.readAllBytes()),
              SchemaValidatorsConfig.builder().failFast(true).build());
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
