package dev.zhixing.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrammarCacheTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.tokenizer(3000);

  @Test
  void compilesTheSameRuleOnce() {
    GrammarCache cache = new GrammarCache(TOKENIZER);

    Grammar first = cache.get(literal(1));

    assertThat(cache.get(literal(1))).isSameAs(first);
    assertThat(cache.get(literal(2))).isNotSameAs(first);
  }

  @Test
  void forgetsWhatWasUsedLongestAgo() {
    GrammarCache cache = new GrammarCache(new GrammarVocabulary(TOKENIZER), 2);
    Grammar first = cache.get(literal(1));
    Grammar second = cache.get(literal(2));

    cache.get(literal(1));
    cache.get(literal(3));

    assertThat(cache.size()).isEqualTo(2);
    assertThat(cache.get(literal(1))).isSameAs(first);
    assertThat(cache.get(literal(2))).isNotSameAs(second);
  }

  @Test
  void givesThreadsTheSameGrammar() {
    GrammarCache cache = new GrammarCache(TOKENIZER);

    long different =
        IntStream.range(0, 400)
            .parallel()
            .mapToObj(i -> cache.get(literal(i % 10)))
            .distinct()
            .count();

    assertThat(different).isEqualTo(10);
    assertThatThrownBy(() -> new GrammarCache(new GrammarVocabulary(TOKENIZER), 0))
        .hasMessageContaining("found 0");
  }

  @Test
  void sortsTokensByTheirBytes() {
    int[] ids = TokenOrder.of(TOKENIZER);

    assertThat(ids).hasSize(TOKENIZER.size() - 3);
    for (int i = 1; i < ids.length; i++) {
      byte[] before = TOKENIZER.bytes(ids[i - 1]);
      byte[] here = TOKENIZER.bytes(ids[i]);
      assertThat(Arrays.compareUnsigned(before, here)).isNotPositive();
    }
  }

  private static Rule literal(int n) {
    return new Rule.Json(new Schema.Const("value " + n));
  }
}
