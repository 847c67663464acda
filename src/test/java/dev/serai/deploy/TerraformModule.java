package dev.serai.deploy;

import dev.serai.deploy.HclBody.Block;
import dev.serai.deploy.HclTokens.Kind;
import dev.serai.deploy.HclTokens.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of Terraform's files, which are one. */
record TerraformModule(Path folder, List<Block> blocks) {

  private static final Path ROOT = Path.of("terraform");

  /** All folders with such files. */
  static List<TerraformModule> all() {
    return RepositoryFiles.in(ROOT)
        .filter(file -> file.toString().endsWith(".tf"))
        .map(Path::getParent)
        .distinct()
        .map(TerraformModule::at)
        .toList();
  }

  static TerraformModule at(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new TerraformModule(
          folder,
          files
              .filter(file -> file.toString().endsWith(".tf"))
              .sorted()
              .map(file -> HclBody.read(file.toString(), RepositoryFiles.text(file)))
              .flatMap(body -> body.blocks().stream())
              .toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, Block> named(String type) {
    return blocks(type)
        .collect(
            Collectors.toMap(
                block -> String.join(".", block.labels()),
                block -> block,
                (a, b) -> {
                  throw new IllegalStateException("%s: %s twice".formatted(folder, b.labels()));
                },
                TreeMap::new));
  }

  Stream<Block> blocks(String type) {
    return blocks.stream().filter(block -> block.type().equals(type));
  }

  /** What may be referred to: {@code var.x}, {@code local.x}, {@code google_topic.x} ... */
  Set<String> declared() {
    Set<String> names = new TreeSet<>();
    named("variable").keySet().forEach(name -> names.add("var." + name));
    named("module").keySet().forEach(name -> names.add("module." + name));
    named("data").keySet().forEach(name -> names.add("data." + name));
    named("ephemeral").keySet().forEach(name -> names.add("ephemeral." + name));
    names.addAll(named("resource").keySet());
    blocks("locals")
        .flatMap(block -> block.body().arguments().keySet().stream())
        .forEach(name -> names.add("local." + name));
    return names;
  }

  /** What is referred to, in the same form, with the names of outputs of modules behind them. */
  Map<String, Set<String>> references() {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    blocks.stream()
        .flatMap(block -> block.body().values())
        .forEach(
            tokens -> {
              for (int i = 0; i < tokens.size(); i++) {
                collect(tokens, i, found);
              }
            });
    return found;
  }

  private static void collect(List<Token> tokens, int i, Map<String, Set<String>> found) {
    boolean inside = i > 0 && tokens.get(i - 1).is(".");
    String scope = tokens.get(i).text();
    if (inside || tokens.get(i).kind() != Kind.NAME || !part(tokens, i + 1)) {
      return;
    }
    String first = tokens.get(i + 2).text();
    if (scope.matches("var|local|module|google_.*")) {
      Set<String> members = found.computeIfAbsent(scope + "." + first, name -> new TreeSet<>());
      int next = i + 3;
      if (next < tokens.size() && tokens.get(next).is("[")) {
        while (next < tokens.size() && !tokens.get(next++).is("]")) {}
      }
      if (scope.equals("module") && part(tokens, next)) {
        members.add(tokens.get(next + 1).text());
      }
    } else if (scope.matches("data|ephemeral") && part(tokens, i + 3)) {
      found.computeIfAbsent(
          "%s.%s.%s".formatted(scope, first, tokens.get(i + 4).text()), name -> new TreeSet<>());
    }
  }

  /** Whether a dot and a name are there. */
  private static boolean part(List<Token> tokens, int i) {
    return i + 1 < tokens.size() && tokens.get(i).is(".") && tokens.get(i + 1).kind() == Kind.NAME;
  }
}
