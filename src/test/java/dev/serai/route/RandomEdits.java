package dev.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Edits of a directory of doors, drawn at random; it knows what each door has to answer. */
final class RandomEdits {

  static final String KAMELET = "kamelets/stamp.kamelet.yaml";
  private static final int DOORS = 6;

  private final EditedHub hub;
  private final Random random;
  private final Map<String, String> versions = new ConcurrentHashMap<>();
  private String stamp = "s0";
  private int number;

  RandomEdits(EditedHub hub, Random random) {
    this.hub = hub;
    this.random = random;
    doors().forEach(door -> versions.put(door, "v0"));
  }

  static List<String> doors() {
    return IntStream.range(0, DOORS).mapToObj(i -> "handler-door-" + i).toList();
  }

  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    files.put(KAMELET, Texts.stamp("s0"));
    doors().forEach(door -> files.put(file(door), text(door, "v0")));
    return files;
  }

  static String file(String door) {
    return "handlers/%s.camel.yaml".formatted(door.replace("handler-", ""));
  }

  private static boolean isStamped(String door) {
    return (door.charAt(door.length() - 1) - '0') % 2 == 0;
  }

  static String text(String door, String answer) {
    return isStamped(door) ? Texts.stampedDoor(door, answer) : Texts.door(door, answer);
  }

  /** The doors that must answer at every moment. */
  List<String> open() {
    return List.copyOf(versions.keySet());
  }

  private String answer(String door) {
    String version = versions.getOrDefault(door, "");
    return isStamped(door) ? "%s %s".formatted(version, stamp) : version;
  }

  /** Makes one edit and waits for what it has to do; returns what it was. */
  String edit() throws IOException {
    number++;
    String door = doors().get(random.nextInt(DOORS));
    String good = text(door, "v" + number);
    return switch (random.nextInt(9)) {
      case 0, 1 -> valid(door, good);
      case 2 -> bad("YAML error", door, good.replace("group: handlers", "group: [handlers"));
      case 3 -> bad("wrong option", door, good.replace("loggerName:", "loggerNam:"));
      case 4 -> bad("wrong endpoint", door, good.replace("uri: log\n", "uri: lgo\n"));
      case 5 -> stolen(door);
      case 6 -> renamed(door, good);
      case 7 -> deleted(door, good);
      default -> random.nextInt(3) == 0 ? badKamelet() : kamelet();
    };
  }

  private String valid(String door, String good) throws IOException {
    hub.write(file(door), good);
    versions.put(door, "v" + number);
    hub.awaitAnswer(door, answer(door));
    return "valid " + door;
  }

  private String bad(String what, String door, String text) throws IOException {
    hub.write(file(door), text);
    RouteProblem problem = hub.awaitProblem(file(door));
    assertThat(problem.line()).as("%s: %s", what, problem).isBetween(5, 17);
    assertThat(hub.ask(door)).isEqualTo(answer(door));
    hub.write(file(door), text(door, versions.getOrDefault(door, "")));
    hub.awaitNoProblems();
    return "%s in %s".formatted(what, door);
  }

  /** A door that was renamed has another id to steal; the old one is free. */
  private String stolen(String door) throws IOException {
    String thief = "handlers/thief.camel.yaml";
    String id = hub.awaitId(door);
    hub.write(thief, Texts.door(id, "handler-thief", "stolen"));
    RouteProblem problem = hub.awaitProblem(thief);
    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem.message()).contains(id, file(door));
    assertThat(hub.ask(door)).isEqualTo(answer(door));
    hub.delete(thief);
    hub.awaitNoProblems();
    return "stolen id " + id;
  }

  private String renamed(String door, String good) throws IOException {
    String text = good.replace("id: " + door, "id: %s-renamed".formatted(door));
    hub.write(file(door), text);
    versions.put(door, "v" + number);
    hub.awaitAnswer(door, answer(door));
    assertThat(hub.ids()).contains(door + "-renamed").doesNotContain(door);
    return "renamed route of " + door;
  }

  private String deleted(String door, String good) throws IOException {
    versions.remove(door);
    hub.delete(file(door));
    await()
        .atMost(EditedHub.SOON)
        .until(() -> hub.ids().stream().noneMatch(id -> id.startsWith(door)));
    hub.write(file(door), good);
    await().atMost(EditedHub.SOON).until(() -> hub.ids().contains(door));
    versions.put(door, "v" + number);
    hub.awaitAnswer(door, answer(door));
    return "deleted file of " + door;
  }

  private String kamelet() throws IOException {
    stamp = "s" + number;
    hub.write(KAMELET, Texts.stamp(stamp));
    for (String door : open()) {
      hub.awaitAnswer(door, answer(door));
    }
    return "changed Kamelet";
  }

  private String badKamelet() throws IOException {
    hub.write(KAMELET, Texts.stamp("bad").replace("simple:", "smple:"));
    RouteProblem problem = hub.awaitProblem(KAMELET);
    assertThat(problem.line()).as("%s", problem).isGreaterThan(13);
    for (String door : open()) {
      assertThat(hub.ask(door)).isEqualTo(answer(door));
    }
    hub.write(KAMELET, Texts.stamp(stamp));
    hub.awaitNoProblems();
    return "broken Kamelet";
  }

  /** Writes all files as they were at first. */
  void restore() throws IOException {
    stamp = "s0";
    for (Map.Entry<String, String> file : files().entrySet()) {
      hub.write(file.getKey(), file.getValue());
    }
    for (String door : doors()) {
      versions.put(door, "v0");
      hub.awaitAnswer(door, answer(door));
    }
  }
}
