package io.aragora.platform.http.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Problem;
import io.aragora.platform.json.Json;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One operation as OpenAPI says it. */
final class OperationDoc {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9_]+)}");

  private final Operation operation;
  private final Schemas schemas;
  private final ObjectNode doc = Json.object();

  private OperationDoc(Operation operation, Schemas schemas) {
    this.operation = operation;
    this.schemas = schemas;
  }

  static ObjectNode of(Operation operation, Schemas schemas) {
    return new OperationDoc(operation, schemas).write();
  }

  private ObjectNode write() {
    doc.put("operationId", operation.id());
    doc.put("summary", firstSentence(operation.summary()));
    if (!firstSentence(operation.summary()).equals(operation.summary())) {
      doc.put("description", operation.summary());
    }
    doc.putArray("tags").add(operation.noun());
    security();
    parameters();
    requestBody();
    responses();
    return doc;
  }

  private void security() {
    var security = doc.putArray("security");
    operation
        .neededRight()
        .ifPresent(
            right -> {
              security.addObject().putArray("api_key");
              doc.put("x-permission", right.wire());
              if (!right.holders().isEmpty()) {
                right.holders().forEach(doc.putArray("x-roles")::add);
              }
            });
  }

  private void parameters() {
    var parameters = Json.object().putArray("parameters");
    var places = PLACE.matcher(operation.path());
    while (places.find()) {
      String name = places.group(1);
      var schema = parameter(parameters, name, "path", true, "").putObject("schema");
      schema.put("type", "string");
      if (name.equals("id")) {
        schema.put("format", "uuid");
      }
    }
    for (var each : operation.parameters()) {
      var schema =
          parameter(parameters, each.name(), each.in(), each.required(), each.about())
              .putObject("schema")
              .put("type", each.type());
      if (each.name().equals("limit")) {
        schema.put("minimum", 1).put("maximum", 200).put("default", 50);
      }
    }
    if (operation.verb().equals("POST") && operation.neededRight().isPresent()) {
      String about = "Repeating the request with the same key has no second effect for 24 hours.";
      parameter(parameters, "Idempotency-Key", "header", false, about)
          .putObject("schema")
          .put("type", "string")
          .put("minLength", 1)
          .put("maxLength", 255);
    }
    if (!parameters.isEmpty()) {
      doc.set("parameters", parameters);
    }
  }

  private static ObjectNode parameter(
      ArrayNode to, String name, String in, boolean required, String about) {
    var parameter = to.addObject().put("name", name).put("in", in).put("required", required);
    if (!about.isEmpty()) {
      parameter.put("description", about);
    }
    return parameter;
  }

  private void requestBody() {
    switch (operation.accepts()) {
      case Operation.NoBody() -> {}
      case Operation.JsonBody(Class<?> type, long max, boolean _) ->
          body(max).putObject("application/json").set("schema", schemas.taken(type));
      case Operation.RawBody(String mediaType, long max) ->
          body(max)
              .putObject(mediaType)
              .putObject("schema")
              .put("type", "string")
              .put("maxLength", max);
    }
  }

  private ObjectNode body(long max) {
    return doc.putObject("requestBody")
        .put("description", "At most " + max + " bytes.")
        .put("required", true)
        .putObject("content");
  }

  private void responses() {
    var responses = doc.putObject("responses");
    var refusals = Refusals.byStatus(operation);
    var statuses = new TreeSet<>(refusals.keySet());
    operation.gives().forEach(each -> statuses.add(each.status()));
    for (int status : statuses) {
      var given = operation.gives().stream().filter(each -> each.status() == status).toList();
      var codes = refusals.getOrDefault(status, List.of());
      var response = responses.putObject("" + status);
      response.put("description", describe(given, codes));
      var content = Json.object();
      given.stream()
          .filter(each -> !each.mediaType().isEmpty())
          .forEach(each -> content.putObject(each.mediaType()).set("schema", given(each)));
      if (!codes.isEmpty()) {
        content.putObject(Problem.MEDIA_TYPE).set("schema", problem(codes));
      }
      if (!content.isEmpty()) {
        response.set("content", content);
      }
    }
  }

  private static String describe(List<Operation.Gives> given, List<ErrorCode> codes) {
    String about =
        given.stream()
            .map(Operation.Gives::about)
            .filter(text -> !text.isEmpty() && !text.equals("page"))
            .distinct()
            .collect(Collectors.joining(" "));
    if (!about.isEmpty()) {
      return about;
    }
    return given.isEmpty()
        ? codes.stream().map(ErrorCode::title).collect(Collectors.joining("; ")) + "."
        : "Done.";
  }

  private ObjectNode given(Operation.Gives gives) {
    if (gives.type() == null) {
      return gives.mediaType().contains("json")
          ? Json.object()
          : Json.object().put("type", "string");
    }
    return gives.about().equals("page") ? schemas.page(gives.type()) : schemas.given(gives.type());
  }

  private ObjectNode problem(List<ErrorCode> codes) {
    var both = Json.object();
    var all = both.putArray("allOf");
    all.add(schemas.problem());
    var names =
        all.addObject()
            .put("type", "object")
            .putObject("properties")
            .putObject("code")
            .putArray("enum");
    codes.forEach(code -> names.add(code.wire()));
    return both;
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }
}
