package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkdownReceiptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "![x](http://evil.example/a.png)",
        "# heading",
        "```\n<img src=x>\n```",
        "- item\n\n<b>bold</b>",
        "a\r<i>\r\n</i>",
        "| a | b |",
        "http://evil.example and www.evil.example",
        "<!-- comment -->"
      })
  void dissentIsKeptWordForWordInACodeBlock(String words) {
    String page = render(Vectors.threeToOne().saying(words));
    String dissent = page.substring(page.indexOf("## Dissent"), page.indexOf("## Synthesis"));
    for (String line : words.split("\r\n|\n|\r", -1)) {
      assertThat(dissent).contains("    " + line);
    }
    assertThat(dissent.lines().filter(line -> line.contains("evil") || line.contains("<")))
        .allMatch(line -> line.startsWith("    "));
  }

  @Test
  void wordsInsideALineAreEscaped() {
    assertThat(PlainText.inline("<b>[x](http://e.example) *y* `z` a@b.example\n# h"))
        .isEqualTo(
            "&lt;b&gt;\\[x\\]\\(http\\:\\/\\/e\\.example\\) \\*y\\* \\`z\\` a&#64;b\\.example \\# h");
  }

  @Test
  void whatTurnsTheReadingOrderAroundIsShownInstead() {
    assertThat(PlainText.block("pay \u202e001 \u0000now\u2028# x"))
        .isEqualTo("    pay [U+202E]001 [U+0000]now[U+2028]# x\n");
  }

  @Test
  void aRehearsalSaysSoAtTheTop() {
    assertThat(render(Vectors.threeToOne().rehearsed()).lines().limit(4))
        .anyMatch(line -> line.contains("REHEARSAL"));
    assertThat(render(Vectors.threeToOne())).doesNotContain("REHEARSAL");
  }

  @Test
  void erasedWordsAreSaidToBeMissing() {
    Forge.Made made = Forge.make(Vectors.threeToOne());
    var bare = ReceiptContent.of(made.payload(), java.util.List.of());
    assertThat(new MarkdownReceipt(bare, "0".repeat(64)).render())
        .contains("The question's text is not disclosed.", "The words are not disclosed.")
        .doesNotContain("Friday");
  }

  private static String render(SampleDebate debate) {
    Forge.Made made = Forge.make(debate);
    var content = ReceiptContent.of(made.payload(), made.disclosures());
    return new MarkdownReceipt(content, "0".repeat(64)).render();
  }
}
