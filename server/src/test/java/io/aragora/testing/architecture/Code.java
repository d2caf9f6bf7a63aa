package io.aragora.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;

/** A body of code under one root package, as classes and as sources, with its migrations. */
public record Code(
    String root, JavaClasses classes, List<SourceFile> sources, List<SourceFile.Sql> migrations) {

  /** What the server is built from. */
  public static Code ofTheServer() {
    return new Code(
        "io.aragora",
        new ClassFileImporter().importPath(Path.of("target/classes")),
        SourceFile.under(Path.of("src/main/java")),
        SourceFile.Sql.under(Path.of("src/main/resources/db/migration")));
  }

  /** Code that breaks one rule on purpose. */
  public static Code planted(String name) {
    return new Code(
        "planted." + name,
        new ClassFileImporter().importPath(Path.of("target/test-classes/planted", name)),
        SourceFile.under(Path.of("src/test/java/planted", name)),
        SourceFile.Sql.under(Path.of("src/test/resources/planted", name)));
  }

  /** Every sentence with which an ArchUnit rule complains about this code. */
  List<String> complaints(ArchRule rule) {
    return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
  }

  /** A package pattern below the root: {@code "platform.db.."}. */
  String in(String pattern) {
    return root + "." + pattern;
  }

  boolean isOurs(JavaClass type) {
    return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
  }

  /** The part of the house a type belongs to: {@code budget}, or the empty text for the root. */
  String part(JavaClass type) {
    return part(type.getPackageName());
  }

  String part(String packageName) {
    return packageName.equals(root) ? "" : packageName.substring(root.length() + 1).split("\\.")[0];
  }
}
