package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BytePairTokenizerTest {
  private static final List<String> SPECIALS = List.of("<|pad|>", "<|end|>", "<|end|>x");

  @Test
  void mergesTheLowestRankFirst() {
    BytePairTokenizer tokenizer = tokenizer("gpt-2", "b c", "a b", "a bc", "Ġ a");

    int[] ids = tokenizer.encode("abc abd");

    assertThat(pieces(tokenizer, ids)).containsExactly("abc", " ", "ab", "d");
  }

  @Test
  void joinsALeadingSpaceOnlyToAWholeChunk() {
    BytePairTokenizer tokenizer = tokenizer("zhixing", "o n", "t w", "tw o", "Ġ on", "Ġ two");

    List<String> known = pieces(tokenizer, tokenizer.encode("on two on"));
    List<String> unknown = pieces(tokenizer, tokenizer.encode("twoon twoon"));

    assertThat(known).containsExactly("on", " two", " on");
    assertThat(unknown).containsExactly("two", "on", " ", "two", "on");
  }

  @Test
  void takesAWholeChunkOfLlamaBeforeItsMerges() {
    BytePairTokenizer llama = tokenizer("llama-bpe", "a b", "b c", "a bc");
    BytePairTokenizer gpt2 = tokenizer("gpt-2", "a b", "b c", "a bc");

    assertThat(pieces(llama, llama.encode("abc"))).containsExactly("abc");
    assertThat(pieces(gpt2, gpt2.encode("abc"))).containsExactly("ab", "c");
  }

  @Test
  void givesBackAnyText() {
    BytePairTokenizer tokenizer = tokenizer("zhixing", "o n", "w o", "Ġ on", "ç ģ", "ð Ł");
    Random random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      String text = RandomText.of(random, 10);

      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
      assertThat(tokenizer.decode(tokenizer.encodeTrusted(text))).isEqualTo(text);
    }
  }

  @Test
  void leavesOutBytesThatTheVocabularyLacks() {
    BytePairVocabulary whole = vocabulary("gpt-2", List.of("a b", "b c"), List.of("ab", "bc"));
    List<String> tokens = new ArrayList<>(whole.tokens());
    tokens.set(3 + 0xf1, "nothing");
    tokens.set(3 + 0x0b, "no more");
    BytePairTokenizer tokenizer =
        new BytePairTokenizer(
            new BytePairVocabulary(
                tokens, whole.types(), whole.merges(), "gpt-2", whole.bos(), whole.eos(), false));

    int[] control = tokenizer.encode("\u000b");
    int[] between = tokenizer.encode("ab\u000bc");
    int[] character = tokenizer.encode(Character.toString(0x624b1)); // F1 A2 92 B1

    assertThat(control).isEmpty();
    assertThat(pieces(tokenizer, between)).containsExactly("ab", "c");
    assertThat(character).containsExactly(3 + 0xa2, 3 + 0x92, 3 + 0xb1);
  }

  @Test
  void encodesALoneSurrogateAsTheReplacementCharacter() {
    BytePairTokenizer tokenizer = tokenizer("zhixing");

    assertThat(tokenizer.decode(tokenizer.encode("a\ud83d b\ude00"))).isEqualTo("a\ufffd b\ufffd");
  }

  @Test
  void parsesSpecialTokensInTrustedTextOnly() {
    BytePairTokenizer tokenizer = tokenizer("zhixing");

    int[] trusted = tokenizer.encodeTrusted("a<|end|>x<|end|><|en");
    int[] ordinary = tokenizer.encode("<|end|>");

    assertThat(pieces(tokenizer, trusted))
        .containsExactly("a", "<|end|>x", "<|end|>", "<", "|", "e", "n");
    assertThat(ordinary).hasSize(7);
    assertThat(IntStream.of(ordinary).noneMatch(tokenizer::isSpecial)).isTrue();
    assertThat(tokenizer.special("<|end|>")).hasValue(1);
    assertThat(tokenizer.special("<|start|>")).isEmpty();
  }

  @Test
  void mergesALongChunkAsAShortOne() {
    MergeTable merges = new MergeTable(12);
    Random random = new Random(5);
    for (int rank = 0; rank < 12; rank++) {
      merges.put(random.nextInt(3 + rank), random.nextInt(3 + rank), rank, 3 + rank);
    }
    for (int round = 0; round < 2000; round++) {
      int n = 1 + random.nextInt(120);
      Merger linear = new Merger(merges);
      Merger heap = new Merger(merges);
      for (int i = 0; i < n; i++) {
        int id = random.nextInt(3);
        linear.ids(n)[i] = id;
        heap.ids(n)[i] = id;
      }

      int kept = linear.mergeShort(n);

      assertThat(heap.mergeLong(n)).isEqualTo(kept);
      assertThat(heap.ids(n)).startsWith(Arrays.copyOf(linear.ids(n), kept));
    }
  }

  @Test
  void namesTheMergeThatMakesNoToken() {
    assertThatThrownBy(
            () ->
                new BytePairTokenizer(vocabulary("zhixing", List.of("a b", "b c"), List.of("ab"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("merges: 1: 'b c'")
        .hasMessageContaining("no token 'bc'");
  }

  @Test
  void namesTheByteThatHasNoToken() {
    BytePairVocabulary vocabulary =
        new BytePairVocabulary(
            List.of("a", "b"),
            List.of(),
            List.of(),
            "gpt-2",
            OptionalInt.empty(),
            OptionalInt.of(1),
            false);

    assertThatThrownBy(() -> new BytePairTokenizer(vocabulary))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("byte 0x00");
  }

  private static BytePairTokenizer tokenizer(String preTokenizer, String... merges) {
    List<String> joined = new ArrayList<>();
    for (String merge : merges) {
      joined.add(merge.replace(" ", ""));
    }
    return new BytePairTokenizer(vocabulary(preTokenizer, List.of(merges), joined));
  }

  private static BytePairVocabulary vocabulary(
      String preTokenizer, List<String> merges, List<String> joined) {
    List<String> tokens = new ArrayList<>(SPECIALS);
    List<TokenType> types =
        new ArrayList<>(List.of(TokenType.CONTROL, TokenType.CONTROL, TokenType.USER_DEFINED));
    for (int b = 0; b < 256; b++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(b)));
    }
    tokens.addAll(joined);
    while (types.size() < tokens.size()) {
      types.add(TokenType.NORMAL);
    }
    return new BytePairVocabulary(
        tokens, types, merges, preTokenizer, OptionalInt.empty(), OptionalInt.of(1), false);
  }

  private static List<String> pieces(Tokenizer tokenizer, int[] ids) {
    return IntStream.of(ids).mapToObj(tokenizer::decode).toList();
  }
}
