package dev.serai.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.serai.deploy.HclBody.Block;
import dev.serai.deploy.HclTokens.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Would Terraform take these files, and does each name in them stand for something? */
class TerraformTest {

  private final List<TerraformModule> modules = TerraformModule.all();

  @Test
  void everyFileIsReadAndSpacedAsTheFormatterDoes() {
    assertThat(modules).hasSizeGreaterThan(10);
    RepositoryFiles.in(Path.of("terraform"))
        .filter(file -> file.toString().endsWith(".tf"))
        .forEach(file -> assertThat(HclSpacing.problems(file)).as(file.toString()).isEmpty());
  }

  @Test
  void terraformItselfTakesTheirForm() throws IOException, InterruptedException {
    assumeThat(RepositoryFiles.onPath("terraform"))
        .as("terraform is not installed: its fmt is not asked")
        .isTrue();
    ProcessBuilder fmt =
        new ProcessBuilder("terraform", "fmt", "-check", "-recursive", "-diff", "terraform");
    fmt.environment().put("TF_CLI_CONFIG_FILE", "/dev/null");
    Process process = fmt.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void variablesAndOutputsSayWhatTheyAre() {
    for (TerraformModule module : modules) {
      module
          .named("variable")
          .forEach((name, block) -> assertHas(module, block, Set.of("type", "description")));
      module
          .named("output")
          .forEach((name, block) -> assertHas(module, block, Set.of("value", "description")));
    }
  }

  @Test
  void whatIsReferredToIsThereAndWhatIsThereIsReferredTo() {
    for (TerraformModule module : modules) {
      Set<String> used = module.references().keySet();
      assertThat(module.declared()).as(module.folder().toString()).containsAll(used);
      assertThat(used)
          .as("unused in " + module.folder())
          .containsAll(
              module.declared().stream().filter(n -> n.matches("(var|local)\\..*")).toList());
    }
  }

  @Test
  void modulesAreGivenWhatTheyTake() {
    for (TerraformModule module : modules) {
      Map<String, Set<String>> references = module.references();
      module
          .named("module")
          .forEach(
              (name, call) -> {
                TerraformModule callee = TerraformModule.at(module.folder().resolve(source(call)));
                Set<String> given = new TreeSet<>(call.body().arguments().keySet());
                given.removeAll(Set.of("source", "count", "for_each", "depends_on", "providers"));
                String as = "module %s of %s".formatted(name, module.folder());
                assertThat(callee.named("variable").keySet()).as(as).containsAll(given);
                assertThat(given).as(as).containsAll(required(callee));
                assertThat(callee.named("output").keySet())
                    .as(as)
                    .containsAll(references.getOrDefault("module." + name, Set.of()));
              });
    }
  }

  @Test
  void resourcesHaveTheArgumentsThatTheProviderTakes() throws IOException {
    GoogleSchema schema = new GoogleSchema();
    List<String> problems = new ArrayList<>();
    for (TerraformModule module : modules) {
      Stream.concat(module.blocks("resource"), module.blocks("data"))
          .filter(block -> block.labels().getFirst().startsWith("google_"))
          .flatMap(block -> schema.problems(block).stream())
          .forEach(problem -> problems.add("%s: %s".formatted(module.folder(), problem)));
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void versionsOfProvidersAreBoundedBelowAndAbove() {
    for (TerraformModule module : modules) {
      Block terraform = module.blocks("terraform").findFirst().orElseThrow();
      assertThat(terraform.body().arguments()).containsKey("required_version");
      HclBody providers =
          terraform.body().blocks("required_providers").findFirst().orElseThrow().body();
      providers
          .arguments()
          .forEach(
              (name, tokens) ->
                  assertThat(tokens.stream().map(Token::text))
                      .as("%s in %s".formatted(name, module.folder()))
                      .anyMatch(text -> text.matches(">= [0-9.]+, < [0-9.]+")));
    }
  }

  @Test
  void hubsNeverSleepAndNothingIsPublic() throws IOException {
    String service = Files.readString(Path.of("terraform/modules/service/main.tf"));
    assertThat(service).contains("cpu_idle          = false").contains("min_instance_count");
    String storage = Files.readString(Path.of("terraform/modules/storage/main.tf"));
    assertThat(storage)
        .contains("uniform_bucket_level_access = true")
        .contains("public_access_prevention    = \"enforced\"");
    assertThat(Files.readString(Path.of("terraform/modules/redis/main.tf")))
        .contains("maxmemory-policy = \"noeviction\"");
    assertThat(Files.readString(Path.of("terraform/modules/database/main.tf")))
        .containsPattern("ipv4_enabled +\\Q= false\\E");
  }

  /** The alerts of Cloud Monitoring are made from Prometheus' rules; their times are read so. */
  @Test
  void alertsAreMadeFromRulesThatTheyUnderstand() {
    String rules =
        String.valueOf(RepositoryFiles.text(Path.of("docker/prometheus/serai.rules.yml")));
    assertThat(rules.lines().filter(line -> line.strip().startsWith("for:")))
        .isNotEmpty()
        .allMatch(line -> line.strip().matches("for: [0-9]+[smhd]"));
    assertThat(rules.lines().filter(line -> line.strip().startsWith("severity:")))
        .allMatch(line -> line.strip().matches("severity: (page|ticket)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = ",
        "a = [1",
        "a = 1\na = 2\n",
        "b \"x\" {\n",
        "}\n",
        "a = \"x\n\"\n",
        "a b\n",
        "a = )\n",
        "a = \"${x\"\n",
        "b {\n  a = = 1\n}\n",
        "a = ;\n"
      })
  void whatIsNoFileOfTerraformIsRefused(String text) {
    assertThatThrownBy(() -> HclBody.read("bad.tf", text)).hasMessageContaining("bad.tf");
  }

  private static void assertHas(TerraformModule module, Block block, Set<String> arguments) {
    assertThat(block.body().arguments())
        .as("%s of %s".formatted(block.labels(), module.folder()))
        .containsKeys(arguments.toArray(String[]::new));
  }

  private static String source(Block call) {
    return call.body().arguments().get("source").getFirst().text();
  }

  private static List<String> required(TerraformModule module) {
    return module.named("variable").entrySet().stream()
        .filter(entry -> !entry.getValue().body().arguments().containsKey("default"))
        .map(Map.Entry::getKey)
        .toList();
  }
}
