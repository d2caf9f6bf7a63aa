package io.aragora.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files a command is told to read or write; what goes wrong is said in one line. */
final class LocalFile {
  private LocalFile() {}

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException bad) {
      throw CliFault.usage("cannot read " + file);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException bad) {
      throw CliFault.usage("not UTF-8 text: " + file);
    } catch (IOException bad) {
      throw CliFault.usage("cannot read " + file);
    }
  }

  /** All of it or nothing: a reader never sees half a receipt. */
  static void write(Path file, byte[] content) {
    try {
      var target = file.toAbsolutePath();
      var draft = Files.createTempFile(target.resolveSibling(""), ".aragora", ".new");
      Files.write(draft, content);
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException bad) {
      throw CliFault.usage("cannot write " + file);
    }
  }
}
