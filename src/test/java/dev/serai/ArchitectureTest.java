package dev.serai;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Which package may know which? */
@AnalyzeClasses(packages = "dev.serai", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "dev.serai";

  /** The arrows of docs/architecture.md. The command line is the API's client: by HTTP. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("event", Set.of()),
          Map.entry("redis", Set.of()),
          Map.entry("route", Set.of()),
          Map.entry("telemetry", Set.of()),
          Map.entry("trace", Set.of("telemetry")),
          Map.entry("cloud", Set.of("trace", "telemetry")),
          Map.entry("embedded", Set.of()),
          Map.entry("backup", Set.of()),
          Map.entry("catalogue", Set.of("event")),
          Map.entry("bus", Set.of("event", "redis", "trace")),
          Map.entry("queue", Set.of("event")),
          Map.entry("job", Set.of("event")),
          Map.entry("webhook", Set.of("event", "trace")),
          Map.entry("archive", Set.of("event", "webhook")),
          Map.entry("inbox", Set.of("event", "cloud")),
          Map.entry("flag", Set.of("redis")),
          Map.entry("limit", Set.of("redis", "flag", "webhook")),
          Map.entry("usage", Set.of("event", "redis")),
          Map.entry(
              "api",
              Set.of(
                  "event",
                  "redis",
                  "route",
                  "cloud",
                  "embedded",
                  "catalogue",
                  "bus",
                  "queue",
                  "job",
                  "webhook",
                  "flag",
                  "limit",
                  "usage")),
          Map.entry("cli", Set.of("api", "webhook", "route", "event", "catalogue", "backup")),
          Map.entry("", Set.of()));

  @ArchTest
  static void packagesKnowOnlyThoseTheyMayKnow(JavaClasses all) {
    Map<String, Set<String>> found = new HashMap<>();
    for (JavaClass from : all) {
      Set<String> targets = found.computeIfAbsent(part(from), name -> new TreeSet<>());
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(ArchitectureTest::part)
          .filter(target -> !target.equals(part(from)))
          .forEach(targets::add);
    }
    assertThat(found).hasSizeGreaterThan(7);
    found.forEach(
        (from, targets) ->
            assertThat(ARROWS.getOrDefault(from, Set.of()))
                .as("what %s may know", from)
                .containsAll(targets));
  }

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses all) {
    List<String> unmarked =
        all.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(found -> found.getName())
            .toList();
    assertThat(unmarked).isEmpty();
  }

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?");

  @ArchTest
  static final ArchRule LOGGING_IS_SLF4J =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule INJECTION_IS_BY_CONSTRUCTOR =
      noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class);

  @ArchTest
  static final ArchRule CONFIGURATIONS_ARE_THEIR_PACKAGES_OWN =
      classes().that().haveSimpleNameEndingWith("Configuration").should().notBePublic();

  @ArchTest
  static void noTestSleeps(JavaClasses ignored) {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);
    assertThat(tests.contain(ArchitectureTest.class)).isTrue();
    noClasses()
        .that()
        .resideOutsideOfPackage("..jmh_generated..")
        .should()
        .callMethodWhere(
            target(name("sleep"))
                .and(target(owner(assignableTo(Thread.class).or(assignableTo(TimeUnit.class))))))
        .because("a test waits for what it needs, by Awaitility")
        .check(tests);
  }

  /** The part of the product: {@code bus} for {@code dev.serai.bus} and all below. */
  private static String part(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    return rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0];
  }
}
