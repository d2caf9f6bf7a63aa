package io.aragora.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import java.net.URLConnection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The thirteen rules of the house, in its order; each says what breaks it. */
public enum Rule {
  DEPENDENCIES_POINT_DOWN(Levels::complaints),
  PACKAGES_HAVE_NO_CYCLES(
      code -> code.complaints(slices().matching(code.in("(**)")).should().beFreeOfCycles())),
  THE_ENGINE_IS_PURE(Purity::complaints),
  ONLY_THE_DATABASE_TOUCHES_JDBC(Rule::jdbc),
  STORES_STAY_HOME(
      code ->
          code.complaints(
              classes().that().haveSimpleNameEndingWith("Store").should().bePackagePrivate())),
  HTTP_STAYS_IN_ROUTES(
      code ->
          code.complaints(
              noClasses()
                  .that()
                  .haveNameNotMatching(".*Routes(\\$.*)?")
                  .and()
                  .resideOutsideOfPackages(code.root(), code.in("platform.http.."))
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage("io.helidon.webserver.."))),
  THE_CLOCK_IS_HANDED_IN(
      code ->
          code.complaints(
              noClasses()
                  .that()
                  .resideOutsideOfPackage(code.root())
                  .should()
                  .callCodeUnitWhere(that("asks the system for the time", Rule::asksForTime)))),
  EACH_FEATURE_HAS_ONE_FACADE(Packages::facades),
  EVERY_PACKAGE_IS_NULL_MARKED(Packages::unmarked),
  ONLY_SETTINGS_READ_THE_ENVIRONMENT(
      code ->
          code.complaints(
              noClasses()
                  .that()
                  .resideOutsideOfPackage(code.in("platform.config.."))
                  .should()
                  .callMethodWhere(that("reads the environment", Rule::readsEnvironment)))),
  ONLY_EGRESS_LEAVES_THE_HOUSE(Rule::egress),
  EACH_TABLE_HAS_ONE_WRITER(Tables::complaints),
  NOTHING_GROWS_UNSEEN(Sizes::complaints);

  private final Function<Code, List<String>> complaints;

  Rule(Function<Code, List<String>> complaints) {
    this.complaints = complaints;
  }

  public List<String> complaints(Code code) {
    return complaints.apply(code);
  }

  /** The folder of the code that breaks this rule on purpose: {@code r01} to {@code r13}. */
  public String planted() {
    return "r%02d".formatted(ordinal() + 1);
  }

  /** The job library opens connections of its own, from a source it is handed. */
  private static List<String> jdbc(Code code) {
    var raw =
        noClasses()
            .that()
            .resideOutsideOfPackage(code.in("platform.db.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..");
    var handed =
        noClasses()
            .that()
            .resideOutsideOfPackages(code.in("platform.db.."), code.in("platform.job.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.sql..");
    return Stream.of(raw, handed).flatMap(rule -> code.complaints(rule).stream()).toList();
  }

  private static List<String> egress(Code code) {
    var elsewhere = noClasses().that().resideOutsideOfPackage(code.in("platform.egress.."));
    var clients =
        elsewhere
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.net.http..", "io.helidon.webclient..", "okhttp3..", "org.apache.http..");
    var connections = elsewhere.should().dependOnClassesThat().areAssignableTo(URLConnection.class);
    var vendors =
        noClasses()
            .that()
            .resideOutsideOfPackage(code.in("provider.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.langchain4j..");
    return Stream.of(clients, connections, vendors)
        .flatMap(rule -> code.complaints(rule).stream())
        .toList();
  }

  private static boolean asksForTime(JavaCall<?> call) {
    var target = call.getTarget();
    var owner = target.getOwner().getName();
    return switch (target.getName()) {
      case "now" -> owner.startsWith("java.time.");
      case "system", "systemUTC", "systemDefaultZone", "tick" ->
          Set.of("java.time.Clock", "java.time.InstantSource").contains(owner);
      case "currentTimeMillis" -> owner.equals("java.lang.System");
      case "<init>" -> owner.equals("java.util.Date") && target.getRawParameterTypes().isEmpty();
      default -> false;
    };
  }

  private static boolean readsEnvironment(JavaCall<?> call) {
    return call.getTarget().getName().equals("getenv")
        && call.getTarget().getOwner().isEquivalentTo(System.class);
  }

  private static <T extends JavaCall<?>> DescribedPredicate<T> that(
      String says, Predicate<JavaCall<?>> test) {
    return DescribedPredicate.describe(says, test::test);
  }
}
