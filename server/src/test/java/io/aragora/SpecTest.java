package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.RoleReference;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.spec.OpenApi;
import io.aragora.platform.http.spec.ReferencePages;
import io.aragora.testing.GeneratedFiles;
import io.aragora.testing.TestAppliance;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server says of itself is what it serves, and what the repository holds. */
final class SpecTest {
  private static TestAppliance appliance;

  @BeforeAll
  static void start() {
    appliance = TestAppliance.start();
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  private static List<Operation> operations() {
    return appliance.operations();
  }

  @Test
  void theCommittedDescriptionIsTheServers() throws Exception {
    String version = Files.readString(GeneratedFiles.root().resolve("VERSION")).strip();
    String yaml = OpenApi.yaml(OpenApi.document(operations(), version));
    GeneratedFiles.check("sdk/openapi.yaml", yaml);
    assertThat(appliance.anonymous().get("/openapi.yaml").text()).isEqualTo(yaml);
  }

  @Test
  void theCommittedReferenceIsTheServers() {
    GeneratedFiles.check("docs/reference/api.md", ReferencePages.api(operations()));
  }

  @Test
  void theCommittedTableOfRolesIsTheServers() {
    GeneratedFiles.check("docs/reference/roles.md", RoleReference.render(operations()));
  }

  @Test
  void everyOperationHasItsOwnIdAndSaysWhatItDoes() {
    assertThat(operations()).extracting(Operation::id).doesNotHaveDuplicates();
    assertThat(operations())
        .extracting(each -> each.verb() + " " + each.path())
        .doesNotHaveDuplicates();
    assertThat(operations()).allMatch(each -> !each.summary().isBlank() && !each.gives().isEmpty());
  }

  @Test
  void everyOperationThatNeedsARightRefusesWhoHasNoKey() {
    for (Operation each : operations()) {
      if (each.neededRight().isPresent()) {
        String path = each.path().replaceAll("\\{[^}]*}", "00000000-0000-7000-8000-000000000000");
        var got = appliance.anonymous().send(each.verb(), path, null, List.of());
        assertThat(got.status()).as(each.id()).isEqualTo(401);
      }
    }
  }
}
