package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenTreeTest {
  @Test
  void findsWhatHasMostInCommon() {
    TokenTree<String> tree = new TokenTree<>();
    tree.put(new int[] {1, 2, 3, 4}, "long");
    tree.put(new int[] {1, 2, 7}, "other");
    tree.put(new int[] {1}, "short");

    assertThat(tree.find(1, 2, 3, 9)).isEqualTo(new TokenTree.Match<>("long", 3));
    assertThat(tree.find(1, 2, 7, 7)).isEqualTo(new TokenTree.Match<>("other", 3));
    assertThat(tree.find(5, 1)).isNull();
    assertThat(tree.find()).isNull();
    assertThat(tree.beginnings(1, 2, 7, 7)).containsExactly("short", "other");
  }

  @Test
  void findsTheGreatestOfSeveral() {
    TokenTree<String> tree = new TokenTree<>(Comparator.<String>naturalOrder());
    tree.put(new int[] {1, 2, 3}, "a");
    tree.put(new int[] {1, 2, 4, 5}, "c");
    tree.put(new int[] {1, 2, 4, 6}, "b");

    assertThat(tree.find(1, 2, 9)).isEqualTo(new TokenTree.Match<>("c", 2));
    assertThat(tree.find(1, 2, 3)).isEqualTo(new TokenTree.Match<>("a", 3));
  }

  @Test
  void refusesNoTokensAndStrangers() {
    TokenTree<String> tree = new TokenTree<>();

    assertThatThrownBy(() -> tree.put(new int[0], "none"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.remove(1, 2)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void agreesWithAListThroughManyChanges() {
    SplittableRandom random = new SplittableRandom(11);
    TokenTree<int[]> tree = new TokenTree<>();
    List<int[]> list = new ArrayList<>();
    for (int step = 0; step < 5000; step++) {
      int[] ids = random.ints(1 + random.nextInt(8), 0, 3).toArray();
      boolean known = list.removeIf(kept -> Arrays.equals(kept, ids));
      if (known && random.nextBoolean()) {
        tree.remove(ids);
      } else {
        tree.put(ids, ids);
        list.add(ids);
      }

      int[] sought = random.ints(random.nextInt(10), 0, 3).toArray();
      int most = list.stream().mapToInt(kept -> common(kept, sought)).max().orElse(0);
      TokenTree.Match<int[]> match = tree.find(sought);

      assertThat(match == null ? 0 : match.length()).isEqualTo(most);
      if (match != null) {
        assertThat(common(Objects.requireNonNull(match).value(), sought)).isEqualTo(most);
        assertThat(list).contains(match.value());
      }
      assertThat(tree.beginnings(sought))
          .containsExactlyInAnyOrderElementsOf(
              list.stream().filter(kept -> common(kept, sought) == kept.length).toList());
    }
  }

  private static int common(int[] a, int[] b) {
    int same = Arrays.mismatch(a, b);
    return same < 0 ? a.length : same;
  }
}
