package dev.serai.deploy;

import static dev.serai.deploy.StrictYaml.at;
import static dev.serai.deploy.StrictYaml.each;
import static dev.serai.deploy.StrictYaml.object;
import static dev.serai.deploy.StrictYaml.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do the manifests fit to each other, to the image and to the hub? */
class KubernetesTest {

  private static final Path FOLDER = Path.of("docker", "k8s");
  private static final Map<String, String> VERSIONS =
      Map.of(
          "Namespace", "v1",
          "ConfigMap", "v1",
          "Secret", "v1",
          "ServiceAccount", "v1",
          "Service", "v1",
          "Deployment", "apps/v1",
          "Job", "batch/v1",
          "PodDisruptionBudget", "policy/v1",
          "Ingress", "networking.k8s.io/v1",
          "NetworkPolicy", "networking.k8s.io/v1");

  private final Object deployment = base("deployment.yaml");
  private final Object job = StrictYaml.document(FOLDER.resolve("migrate/job.yaml"));

  @Test
  void everyManifestIsOfAKnownKindAndHasAName() {
    RepositoryFiles.in(FOLDER)
        .filter(file -> !file.endsWith("kustomization.yaml"))
        .flatMap(file -> StrictYaml.documents(file).stream())
        .filter(manifest -> manifest instanceof Map)
        .forEach(
            manifest -> {
              assertThat(VERSIONS)
                  .containsEntry(text(manifest, "kind"), text(manifest, "apiVersion"));
              assertThat(text(manifest, "metadata", "name")).startsWith("serai");
            });
  }

  @Test
  void everyFileIsTakenByAKustomization() {
    Set<Path> taken =
        RepositoryFiles.in(FOLDER)
            .filter(file -> file.endsWith("kustomization.yaml"))
            .flatMap(KubernetesTest::taken)
            .collect(Collectors.toSet());
    assertThat(taken).allMatch(Files::exists);
    assertThat(taken.stream().filter(Files::isRegularFile))
        .containsExactlyInAnyOrderElementsOf(
            RepositoryFiles.in(FOLDER)
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .filter(file -> !file.endsWith("secret.template.yaml"))
                .toList());
  }

  @Test
  void selectorsFindThePodsOfTheHubAndOnlyThese() {
    Map<?, ?> hub = labels(deployment);
    Map<?, ?> migration = labels(job);
    List.of(
            object(deployment, "spec", "selector", "matchLabels"),
            object(base("disruption-budget.yaml"), "spec", "selector", "matchLabels"),
            object(base("service.yaml"), "spec", "selector"))
        .forEach(
            selector -> {
              assertThat(selector).isNotEmpty();
              assertThat(hub.entrySet().containsAll(selector.entrySet())).isTrue();
              assertThat(migration.entrySet().containsAll(selector.entrySet())).isFalse();
            });
    Map<?, ?> both = object(base("network-policy.yaml"), "spec", "podSelector", "matchLabels");
    assertThat(both).isNotEmpty();
    assertThat(hub.entrySet().containsAll(both.entrySet())).isTrue();
    assertThat(migration.entrySet().containsAll(both.entrySet())).isTrue();
  }

  @Test
  void portsLeadFromTheWorldToTheHub() {
    assertThat(text(hub(), "ports", 0, "containerPort")).isEqualTo("8080");
    assertThat(each(hub(), "env").map(env -> text(env, "value"))).containsExactly("8080");
    assertThat(text(base("service.yaml"), "spec", "ports", 0, "targetPort")).isEqualTo("http");
    assertThat(text(hub(), "ports", 0, "name")).isEqualTo("http");
    assertThat(
            text(deployment, "spec", "template", "metadata", "annotations", "prometheus.io/port"))
        .isEqualTo("8080");
    assertThat(each(base("ingress.yaml"), "spec", "rules", 0, "http", "paths"))
        .allMatch(path -> text(path, "backend", "service", "name").equals("serai"))
        .allMatch(path -> text(path, "backend", "service", "port", "name").equals("http"))
        .extracting(path -> text(path, "path"))
        .containsExactlyInAnyOrder("/webhooks", "/api", "/objects", "/health");
    assertThat(text(base("ingress.yaml"), "spec", "tls", 0, "hosts", 0))
        .isEqualTo(text(base("ingress.yaml"), "spec", "rules", 0, "host"));
  }

  @Test
  void probesAskWhatTheHubAnswers() {
    Map.of("startupProbe", "live", "livenessProbe", "live", "readinessProbe", "ready")
        .forEach(
            (probe, group) -> {
              assertThat(text(hub(), probe, "httpGet", "path")).isEqualTo("/health/" + group);
              assertThat(text(hub(), probe, "httpGet", "port")).isEqualTo("http");
            });
  }

  @Test
  void settingsComeFromWhatIsThere() {
    assertThat(text(base("config.yaml"), "metadata", "name")).isEqualTo("serai");
    Object secret = StrictYaml.document(FOLDER.resolve("secret.template.yaml"));
    assertThat(text(secret, "metadata", "name")).isEqualTo("serai");
    assertThat(object(secret, "stringData").values()).allMatch(""::equals);
    containers()
        .forEach(
            container -> {
              assertThat(text(container, "envFrom", 0, "configMapRef", "name")).isEqualTo("serai");
              assertThat(text(container, "envFrom", 1, "secretRef", "name")).isEqualTo("serai");
            });
  }

  @Test
  void podsHaveNoRightsAndFoldersToWriteInto() throws IOException {
    String image = Files.readString(Path.of("docker", "Dockerfile"));
    for (Object pod : List.of(pod(deployment), pod(job))) {
      assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
      assertThat(image).contains("USER " + text(pod, "securityContext", "runAsUser"));
      assertThat(text(pod, "securityContext", "seccompProfile", "type"))
          .isEqualTo("RuntimeDefault");
      assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
      Set<String> volumes =
          each(pod, "volumes").map(volume -> text(volume, "name")).collect(Collectors.toSet());
      Stream.concat(each(pod, "containers"), each(pod, "initContainers"))
          .forEach(
              container -> {
                Object confined = at(container, "securityContext");
                assertThat(at(confined, "readOnlyRootFilesystem")).isEqualTo(true);
                assertThat(at(confined, "allowPrivilegeEscalation")).isEqualTo(false);
                assertThat(text(confined, "capabilities", "drop", 0)).isEqualTo("ALL");
                assertThat(at(container, "resources", "limits", "memory")).isNotNull();
                assertThat(each(container, "volumeMounts").map(mount -> text(mount, "mountPath")))
                    .contains("/tmp", "/var/lib/serai");
                assertThat(each(container, "volumeMounts").map(mount -> text(mount, "name")))
                    .isSubsetOf(volumes);
              });
    }
    assertThat(image).contains("SERAI_DATA_DIR=/var/lib/serai");
  }

  /** Draining takes 30 s at most (docs/architecture.md), after the wait for the balancers. */
  @Test
  void aHubHasTheTimeToDrain() {
    int wait = Integer.parseInt(text(hub(), "lifecycle", "preStop", "exec", "command", 1));
    assertThat((Integer) at(pod(deployment), "terminationGracePeriodSeconds"))
        .isGreaterThanOrEqualTo(wait + 35);
    assertThat(at(deployment, "spec", "strategy", "rollingUpdate", "maxUnavailable")).isEqualTo(0);
    assertThat((Integer) at(deployment, "spec", "replicas"))
        .isGreaterThan((Integer) at(base("disruption-budget.yaml"), "spec", "minAvailable"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/dev", "overlays/prod", "migrate"})
  void kubectlPutsThemTogether(String folder) throws IOException, InterruptedException {
    assumeThat(RepositoryFiles.onPath("kubectl")).as("kubectl is not installed").isTrue();
    Process process =
        new ProcessBuilder("kubectl", "kustomize", FOLDER.resolve(folder).toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(StrictYaml.documents(said))
        .allMatch(manifest -> VERSIONS.containsKey(text(manifest, "kind")))
        .noneMatch(manifest -> text(manifest, "spec", "template").contains("image=serai,"));
  }

  private static Object base(String file) {
    return StrictYaml.document(FOLDER.resolve("base").resolve(file));
  }

  private static Stream<Path> taken(Path kustomization) {
    Object file = StrictYaml.document(kustomization);
    return Stream.concat(
            each(file, "resources").map(Object::toString),
            each(file, "patches")
                .map(patch -> at(patch, "path"))
                .flatMap(path -> path == null ? Stream.of() : Stream.of(path.toString())))
        .map(name -> kustomization.resolveSibling(name).normalize());
  }

  private static Object pod(Object workload) {
    return object(workload, "spec", "template", "spec");
  }

  private static Map<?, ?> labels(Object workload) {
    return object(workload, "spec", "template", "metadata", "labels");
  }

  private Object hub() {
    return object(pod(deployment), "containers", 0);
  }

  private Stream<Object> containers() {
    return Stream.of(pod(deployment), pod(job))
        .flatMap(pod -> Stream.concat(each(pod, "containers"), each(pod, "initContainers")));
  }
}
