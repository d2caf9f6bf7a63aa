package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.GeneratedFiles;
import io.aragora.testing.controls.Control;
import io.aragora.testing.controls.Controls;
import java.util.List;
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
