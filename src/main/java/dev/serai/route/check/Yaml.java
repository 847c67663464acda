package dev.serai.route.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node of a YAML file, which knows its line. */
public final class Yaml {

  private final Node node;
  private final int line;

  private Yaml(Node node, int line) {
    this.node = node;
    this.line = line;
  }

  /**
   * Parses the text of a file.
   *
   * @throws InvalidYamlException saying where it is no YAML
   */
  static Yaml parse(String file, String text) throws InvalidYamlException {
    try {
      Optional<Node> root =
          new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
      if (root.isEmpty()) {
        throw new InvalidYamlException(
            Finding.error(file, 1, "The file is empty; a route begins with '- route:'"));
      }
      return new Yaml(root.get(), 1);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new InvalidYamlException(
          Finding.error(file, line, "This is no YAML: " + e.getProblem().strip()));
    } catch (YamlEngineException e) {
      throw new InvalidYamlException(Finding.error(file, 1, "This is no YAML: " + e.getMessage()));
    }
  }

  static Yaml of(Node node) {
    return new Yaml(node, lineOf(node));
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  Node node() {
    return node;
  }

  /** Where it begins: its key, if it has one. */
  public int line() {
    return line;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isSequence() {
    return node instanceof SequenceNode;
  }

  boolean isScalar() {
    return node instanceof ScalarNode;
  }

  /** The text of a scalar, or nothing. */
  public String text() {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? scalar.getValue()
        : "";
  }

  /** The text of a member, or nothing. */
  public String text(String key) {
    Yaml value = get(key);
    return value == null ? "" : value.text();
  }

  /** A member of a mapping. */
  public @Nullable Yaml get(String key) {
    return members().get(key);
  }

  /** The member that a path of keys leads to. */
  @Nullable Yaml at(String... path) {
    Yaml found = this;
    for (String key : path) {
      found = found.get(key);
      if (found == null) {
        return null;
      }
    }
    return found;
  }

  /** The members of a mapping, each at the line of its key. */
  public Map<String, Yaml> members() {
    Map<String, Yaml> members = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          members.put(key.getValue(), new Yaml(tuple.getValueNode(), lineOf(key)));
        }
      }
    }
    return members;
  }

  /** The items of a list. */
  public List<Yaml> items() {
    return node instanceof SequenceNode sequence
        ? sequence.getValue().stream().map(Yaml::of).toList()
        : List.of();
  }
}
