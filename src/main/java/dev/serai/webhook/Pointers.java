package dev.serai.webhook;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901) joined to a tree, so that one pass over a body finds them all. */
final class Pointers {

  private final Node root = new Node();

  /**
   * @param wanted pointers whose values are kept
   * @param ignored pointers whose values don't count when bodies are compared
   * @throws IllegalArgumentException naming the pointer that is none
   */
  Pointers(Collection<String> wanted, Collection<String> ignored) {
    wanted.forEach(pointer -> node(pointer).wanted = pointer);
    ignored.forEach(pointer -> node(pointer).ignored = true);
  }

  private Node node(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "'%s' is no JSON pointer: it must begin with /".formatted(text));
    }
    Node node = root;
    for (JsonPointer at = JsonPointer.compile(text); !at.matches(); at = at.tail()) {
      node = node.children.computeIfAbsent(at.getMatchingProperty(), name -> new Node());
    }
    return node;
  }

  Node root() {
    return root;
  }

  /** A place in the body that some pointer leads to or through. */
  static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private @Nullable String wanted;
    private boolean ignored;

    @Nullable Node child(String name) {
      return children.get(name);
    }

    /** The pointer that leads here, if its value is kept. */
    @Nullable String wanted() {
      return wanted;
    }

    boolean ignored() {
      return ignored;
    }

    boolean isEmpty() {
      return children.isEmpty();
    }
  }
}
