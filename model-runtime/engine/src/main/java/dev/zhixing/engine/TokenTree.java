package dev.zhixing.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of tokens, each with a value, that are found by their beginnings: a radix tree, whose
 * edges carry several tokens where nothing branches. Not safe for several threads.
 *
 * <p>Source: Morrison, "PATRICIA" (1968); used for keys and values by Zheng et al., "SGLang"
 * (2024).
 *
 * @param <V> the values
 */
final class TokenTree<V> {
  /**
   * The value whose tokens begin with most of those sought.
   *
   * @param length how many are the same
   */
  record Match<V>(V value, int length) {}

  private static final class Node<V> {
    int[] edge;
    @Nullable V value;
    final Map<Integer, Node<V>> children = new HashMap<>();

    Node(int[] edge) {
      this.edge = edge;
    }

    /** How many of its edge's tokens stand in {@code ids} from {@code at} on. */
    int matching(int[] ids, int at) {
      int most = Math.min(edge.length, ids.length - at);
      int same = Arrays.mismatch(edge, 0, most, ids, at, at + most);
      return same < 0 ? most : same;
    }
  }

  private final Node<V> root = new Node<>(new int[0]);
  private final Comparator<V> order;

  TokenTree() {
    this((_, _) -> 0);
  }

  /**
   * @param order the greatest is found where several will do
   */
  TokenTree(Comparator<V> order) {
    this.order = order;
  }

  /** The value that has most tokens at the beginning in common, or null if none has one. */
  @Nullable Match<V> find(int... ids) {
    Node<V> node = root;
    int at = 0;
    while (at < ids.length) {
      Node<V> child = node.children.get(ids[at]);
      if (child == null) {
        break;
      }
      int same = child.matching(ids, at);
      at += same;
      node = child;
      if (same < child.edge.length) {
        break;
      }
    }
    return at == 0 ? null : new Match<>(Objects.requireNonNull(greatest(node), "no value"), at);
  }

  /** The greatest value of a node and what is below it. */
  private @Nullable V greatest(Node<V> from) {
    @Nullable V best = null;
    Deque<Node<V>> open = new ArrayDeque<>();
    open.push(from);
    while (!open.isEmpty()) {
      Node<V> node = open.pop();
      V value = node.value;
      if (value != null && (best == null || order.compare(value, best) > 0)) {
        best = value;
      }
      node.children.values().forEach(open::push);
    }
    return best;
  }

  /** The values of the sequences with which {@code ids} begin, itself included. */
  List<V> beginnings(int... ids) {
    List<V> found = new ArrayList<>();
    @Nullable Node<V> node = root;
    int at = 0;
    while (node != null && node.matching(ids, at) == node.edge.length) {
      at += node.edge.length;
      if (node.value != null) {
        found.add(node.value);
      }
      node = at < ids.length ? node.children.get(ids[at]) : null;
    }
    return found;
  }

  /** Adds a sequence, or gives it another value. */
  void put(int[] ids, V value) {
    if (ids.length == 0) {
      throw new IllegalArgumentException("tokens: expected one or more, found none");
    }
    Node<V> node = root;
    int at = 0;
    while (at < ids.length) {
      Node<V> child = node.children.get(ids[at]);
      if (child == null) {
        child = new Node<>(Arrays.copyOfRange(ids, at, ids.length));
        node.children.put(ids[at], child);
      }
      int same = child.matching(ids, at);
      at += same;
      node = same < child.edge.length ? split(node, child, same) : child;
    }
    node.value = value;
  }

  /** Puts a node between two, behind the first tokens of the edge. */
  private static <V> Node<V> split(Node<V> parent, Node<V> child, int same) {
    Node<V> middle = new Node<>(Arrays.copyOf(child.edge, same));
    child.edge = Arrays.copyOfRange(child.edge, same, child.edge.length);
    middle.children.put(child.edge[0], child);
    parent.children.put(middle.edge[0], middle);
    return middle;
  }

  /** Removes a sequence that is here. */
  void remove(int... ids) {
    List<Node<V>> path = new ArrayList<>(List.of(root));
    for (int at = 0; at < ids.length; at += path.getLast().edge.length) {
      path.add(Objects.requireNonNull(path.getLast().children.get(ids[at]), "not in the tree"));
    }
    path.getLast().value = null;
    for (int i = path.size() - 1; i > 0 && path.get(i).value == null; i--) {
      Node<V> node = path.get(i);
      Node<V> parent = path.get(i - 1);
      if (node.children.size() > 1) {
        return;
      }
      if (node.children.isEmpty()) {
        parent.children.remove(node.edge[0]);
      } else {
        join(parent, node, node.children.values().iterator().next());
        return;
      }
    }
  }

  private static <V> void join(Node<V> parent, Node<V> node, Node<V> child) {
    int[] edge = Arrays.copyOf(node.edge, node.edge.length + child.edge.length);
    System.arraycopy(child.edge, 0, edge, node.edge.length, child.edge.length);
    child.edge = edge;
    parent.children.put(edge[0], child);
  }
}
