package dev.serai.route.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** How a step names its endpoint: {@code uri:}, and its options below {@code parameters:}. */
final class EndpointForm {

  private final BiConsumer<Node, String> changes;

  EndpointForm(BiConsumer<Node, String> changes) {
    this.changes = changes;
  }

  /** Moves the options of a URI below parameters. */
  MappingNode of(MappingNode step) {
    List<NodeTuple> members = new ArrayList<>();
    List<NodeTuple> options = new ArrayList<>();
    for (NodeTuple member : step.getValue()) {
      if (name(member).equals("uri") && member.getValueNode() instanceof ScalarNode uri) {
        members.add(new NodeTuple(member.getKeyNode(), split(uri, options)));
      } else {
        members.add(member);
      }
    }
    if (!options.isEmpty()) {
      boolean merged = false;
      for (int i = 0; i < members.size(); i++) {
        if (name(members.get(i)).equals("parameters")
            && members.get(i).getValueNode() instanceof MappingNode given) {
          options.addAll(given.getValue());
          members.set(i, new NodeTuple(text("parameters"), mapping(options)));
          merged = true;
        }
      }
      if (!merged) {
        List<String> names = members.stream().map(EndpointForm::name).toList();
        members.add(names.indexOf("uri") + 1, new NodeTuple(text("parameters"), mapping(options)));
      }
    }
    return new MappingNode(step.getTag(), members, step.getFlowStyle());
  }

  private Node split(ScalarNode uri, List<NodeTuple> options) {
    int query = uri.getValue().indexOf('?');
    if (query < 0 || uri.getValue().contains("RAW(") || uri.getValue().contains("%")) {
      return uri;
    }
    changes.accept(uri, "The URI has options; write them below parameters:");
    for (String pair : uri.getValue().substring(query + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        options.add(new NodeTuple(text(parts[0]), text(parts.length > 1 ? parts[1] : "")));
      }
    }
    return text(uri.getValue().substring(0, query));
  }

  private static String name(NodeTuple member) {
    return member.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
  }

  static MappingNode mapping(List<NodeTuple> members) {
    return new MappingNode(Tag.MAP, members, FlowStyle.BLOCK);
  }

  static ScalarNode text(String value) {
    return new ScalarNode(Tag.STR, value, ScalarStyle.PLAIN);
  }
}
