package dev.serai.deploy;

import dev.serai.deploy.HclBody.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the provider takes: the arguments and blocks of each type of resource that is used, from the
 * schema that the provider publishes.
 */
final class GoogleSchema {

  private static final Path FILE = Path.of("src/test/resources/terraform/google-6.50.0.txt");
  private static final Set<String> OF_TERRAFORM =
      Set.of("count", "for_each", "depends_on", "provider", "lifecycle", "timeouts");

  private final Map<String, List<String>> entries = new TreeMap<>();

  GoogleSchema() throws IOException {
    for (String line : Files.readAllLines(FILE)) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(":", 2);
        entries.put(parts[0], List.of(parts[1].strip().split(" ")));
      }
    }
  }

  /** What the provider would refuse about a resource. */
  List<String> problems(Block resource) {
    List<String> problems = new ArrayList<>();
    check(resource.labels().getFirst(), resource.body(), true, problems);
    return problems.stream()
        .map(problem -> "%s, line %s: %s".formatted(resource.labels(), resource.line(), problem))
        .toList();
  }

  private void check(String path, HclBody body, boolean top, List<String> problems) {
    List<String> known = entries.get(path);
    if (known == null) {
      problems.add(path + " is not in " + FILE);
      return;
    }
    Set<String> present = new HashSet<>();
    for (String name : body.arguments().keySet()) {
      present.add(name);
      if (!(top && OF_TERRAFORM.contains(name)) && !has(known, name, "")) {
        problems.add("%s takes no argument %s".formatted(path, name));
      }
    }
    for (Block block : body.blocks()) {
      boolean dynamic = block.type().equals("dynamic");
      String name = dynamic ? block.labels().getFirst() : block.type();
      present.add(name);
      if (top && OF_TERRAFORM.contains(name)) {
        continue;
      }
      if (!has(known, name, "{}")) {
        problems.add("%s takes no block %s".formatted(path, name));
        continue;
      }
      HclBody inside =
          dynamic ? block.body().blocks("content").findFirst().orElseThrow().body() : block.body();
      if (entries.containsKey(path + "." + name)) {
        check(path + "." + name, inside, false, problems);
      }
    }
    known.stream()
        .filter(entry -> entry.contains("*"))
        .map(entry -> entry.substring(0, entry.indexOf('*')))
        .filter(name -> !present.contains(name))
        .forEach(name -> problems.add("%s needs %s".formatted(path, name)));
  }

  private static boolean has(List<String> known, String name, String kind) {
    return known.contains(name + kind) || known.contains(name + "*" + kind);
  }
}
