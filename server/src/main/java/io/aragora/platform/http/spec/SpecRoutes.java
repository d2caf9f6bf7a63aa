package io.aragora.platform.http.spec;

import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The OpenAPI document of all routes, this one's included, as JSON and as YAML. */
public final class SpecRoutes implements Routes {
  private static final String YAML_TYPE = "application/yaml";
  private static final String ABOUT = "The OpenAPI 3.1 document of this appliance.";

  private static final Operation JSON =
      Operation.get("spec.json", "/openapi.json")
          .about("Gives the description of this API as JSON.")
          .gives(200, "application/json", ABOUT);
  private static final Operation YAML =
      Operation.get("spec.yaml", "/openapi.yaml")
          .about("Gives the description of this API as YAML.")
          .gives(200, YAML_TYPE, ABOUT);

  private final byte[] json;
  private final byte[] yaml;

  /** {@code others} are all other routes of the server. */
  public SpecRoutes(List<Routes> others, String version) {
    var document = OpenApi.document(operations(others), version);
    this.json = OpenApi.json(document).getBytes(StandardCharsets.UTF_8);
    this.yaml = OpenApi.yaml(document).getBytes(StandardCharsets.UTF_8);
  }

  /** All operations a server with these routes and a SpecRoutes has. */
  public static List<Operation> operations(List<Routes> others) {
    return Stream.concat(
            others.stream().flatMap(each -> each.endpoints().stream()).map(Endpoint::operation),
            Stream.of(JSON, YAML))
        .toList();
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(JSON, call -> Reply.bytes(200, "application/json", json)),
        new Endpoint(YAML, call -> Reply.bytes(200, YAML_TYPE, yaml)));
  }
}
