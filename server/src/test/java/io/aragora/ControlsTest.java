package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.GeneratedFiles;
import io.aragora.testing.controls.Control;
import io.aragora.testing.controls.Controls;
import io.aragora.testing.controls.Standard;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** What is said to be done about security is shown by tests of this build. */
final class ControlsTest {
  @Test
  void everyRowIsWholeAndNamesOnlyWhatIsThere() {
    assertThat(Controls.read()).flatExtracting(Control::complaints).isEmpty();
  }

  @Test
  void everyRequirementStandsOnce() {
    assertThat(Controls.read()).extracting(Control::id).doesNotHaveDuplicates();
    assertThat(Controls.read()).hasSizeGreaterThan(250);
  }

  @Test
  void everyRequirementOfTheStandardIsAnsweredAtItsLevel() {
    Map<String, String> answered =
        Controls.read().stream()
            .filter(each -> each.id().startsWith("V"))
            .collect(Collectors.toMap(Control::id, Control::level));
    Map<String, String> asked = Standard.levels();
    assertThat(asked).hasSize(278);
    for (var each : asked.entrySet()) {
      String section = each.getKey().substring(0, each.getKey().lastIndexOf('.'));
      String chapter = section.substring(0, section.indexOf('.'));
      assertThat(answered)
          .satisfiesAnyOf(
              found -> assertThat(found).containsEntry(each.getKey(), each.getValue()),
              found -> assertThat(found).doesNotContainKey(each.getKey()).containsKey(section),
              found -> assertThat(found).doesNotContainKey(each.getKey()).containsKey(chapter));
    }
    assertThat(answered.keySet())
        .filteredOn(id -> id.chars().filter(sign -> sign == '.').count() == 2)
        .as("none that the standard does not have")
        .isSubsetOf(asked.keySet());
  }

  @Test
  void thePageIsTheTable() {
    GeneratedFiles.check("docs/reference/asvs.md", Controls.page(Controls.read()));
  }

  @Test
  void aRowThatClaimsTooMuchIsFoundOut() {
    assertThat(done().complaints()).isNotEmpty();
    assertThat(done("ControlsTest#nothingOfThisName").complaints()).isNotEmpty();
    assertThat(done("NoSuchTest#thePageIsTheTable").complaints()).isNotEmpty();
    assertThat(done("ControlsTest#done").complaints()).as("a method, no test").isNotEmpty();
    assertThat(done("ControlsTest$Off#isNeverRun").complaints()).as("switched off").isNotEmpty();
    assertThat(done("README.md").complaints()).as("a document is not enough").isNotEmpty();
    assertThat(done("ControlsTest#thePageIsTheTable", "README.md").complaints()).isEmpty();
    assertThat(done("ControlsTest#thePageIsTheTable", "NOTHING.md").complaints()).isNotEmpty();
  }

  private static Control done(String... evidence) {
    return new Control("V0.0.1", "1", "something", "done", List.of(evidence), "");
  }

  /** A test that is switched off, which shows nothing. */
  static final class Off {
    @Test
    @Disabled("stands for any test that is switched off")
    void isNeverRun() {}
  }
}
