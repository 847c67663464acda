package dev.serai.route.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes a file in the one form of several that mean the same. */
public final class Canonical {

  private static final Set<String> SENDING = Set.of("to", "toD", "wireTap", "from");
  private static final Set<String> LANGUAGES =
      Set.of(
          "simple",
          "constant",
          "jsonpath",
          "xpath",
          "jq",
          "header",
          "variable",
          "exchangeProperty",
          "method",
          "tokenize",
          "ref",
          "csimple",
          "java");
  private static final Set<String> WITH_EXPRESSION =
      Set.of(
          "setBody",
          "setHeader",
          "setVariable",
          "setProperty",
          "filter",
          "split",
          "when",
          "transform",
          "validate",
          "delay",
          "loop",
          "script",
          "idempotentConsumer",
          "recipientList",
          "routingSlip",
          "dynamicRouter",
          "enrich",
          "pollEnrich",
          "sort",
          "throttle");

  private final List<Finding> changes = new ArrayList<>();
  private final EndpointForm form = new EndpointForm(this::change);
  private final String file;

  private Canonical(String file) {
    this.file = file;
  }

  /** What would be written otherwise. */
  static List<Finding> differences(RouteDocument document) {
    Canonical canonical = new Canonical(document.name());
    canonical.rewrite("", document.root().node());
    return canonical.changes;
  }

  /**
   * Rewrites a file. Its comments above the first entry stay.
   *
   * @param text what to write, the same text if nothing is to be changed
   * @param changes what is changed
   */
  public record Rewritten(String text, List<Finding> changes) {}

  /** Rewrites a file, unless that would lose a comment. */
  public static Rewritten rewrite(RouteDocument document) {
    Canonical canonical = new Canonical(document.name());
    Node node = canonical.rewrite("", document.root().node());
    String header =
        document
            .text()
            .lines()
            .takeWhile(line -> line.startsWith("#") || line.isBlank())
            .map(line -> line + "\n")
            .reduce("", String::concat);
    boolean comments =
        document
            .text()
            .lines()
            .skip(header.lines().count())
            .anyMatch(line -> line.matches("(.*\\s)?#.*") && !line.matches(".*[\"'].*#.*"));
    return canonical.changes.isEmpty() || comments
        ? new Rewritten(document.text(), List.of())
        : new Rewritten(header + print(node), canonical.changes);
  }

  private static String print(Node node) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .build();
    String text =
        new Present(settings).emitToString(new Serialize(settings).serializeOne(node).iterator());
    // The entries themselves begin in the first column.
    return text.lines()
        .map(line -> line.startsWith("  ") ? line.substring(2) : line)
        .map(line -> line + "\n")
        .reduce("", String::concat);
  }

  private Node rewrite(String key, Node node) {
    String clause = key.equals("when") ? key : "";
    return switch (node) {
      case SequenceNode list ->
          new SequenceNode(
              list.getTag(),
              list.getValue().stream().map(item -> rewrite(clause, item)).toList(),
              block(list.getFlowStyle(), list.getValue().isEmpty(), list));
      case MappingNode mapping -> mapping(key, mapping);
      case ScalarNode scalar when SENDING.contains(key) && scalar.getTag().equals(Tag.STR) -> {
        change(scalar, "'%s' has its URI in one line; write uri: below".formatted(key));
        yield form.of(
            EndpointForm.mapping(List.of(new NodeTuple(EndpointForm.text("uri"), scalar))));
      }
      default -> node;
    };
  }

  private Node mapping(String key, MappingNode mapping) {
    List<NodeTuple> members = new ArrayList<>();
    for (NodeTuple member : mapping.getValue()) {
      String name = member.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      Node value = rewrite(name, member.getValueNode());
      if (WITH_EXPRESSION.contains(key) && LANGUAGES.contains(name)) {
        change(
            member.getKeyNode(),
            "'%s' stands in '%s' itself; write expression: around it".formatted(name, key));
        members.add(
            new NodeTuple(
                EndpointForm.text("expression"),
                EndpointForm.mapping(
                    List.of(new NodeTuple(member.getKeyNode(), spelledOut(value))))));
      } else if (key.equals("expression")
          && LANGUAGES.contains(name)
          && value instanceof ScalarNode) {
        change(
            member.getKeyNode(),
            "'%s' has its text in one line; write expression: below".formatted(name));
        members.add(new NodeTuple(member.getKeyNode(), spelledOut(value)));
      } else {
        members.add(new NodeTuple(member.getKeyNode(), value));
      }
    }
    MappingNode copy =
        new MappingNode(
            mapping.getTag(), members, block(mapping.getFlowStyle(), members.isEmpty(), mapping));
    return SENDING.contains(key) ? form.of(copy) : copy;
  }

  private static Node spelledOut(Node value) {
    return value instanceof ScalarNode
        ? EndpointForm.mapping(List.of(new NodeTuple(EndpointForm.text("expression"), value)))
        : value;
  }

  private FlowStyle block(FlowStyle style, boolean empty, Node node) {
    if (style == FlowStyle.FLOW && !empty) {
      change(node, "Braces and brackets are hard to edit; write one member a line");
    }
    return empty ? style : FlowStyle.BLOCK;
  }

  private void change(Node node, String what) {
    changes.add(Finding.style(file, Yaml.of(node).line(), what));
  }
}
