package dev.zhixing.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.engine.tokenizer.PreTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BytePairTrainerTest {
  private static final String[] WORDS = {
    "the",
    "light",
    "lights",
    "kitchen",
    "turn",
    "on",
    "off",
    "living",
    "room",
    "bedroom",
    "a",
    "is",
    "lantern",
    "打开",
    "关闭",
    "客厅",
    "客厅的灯",
    "卧室",
    "请",
    "温度是多少",
    "42",
    "3.5",
    "{\"room\":\"",
    "\"}",
    "，",
    "。",
    "it's",
    "naïve"
  };

  @Test
  void givesARareWordTheSamePiecesWithAndWithoutASpace() {
    BytePairTokenizer tokenizer = train(600, text(4000));
    for (String rare :
        List.of("kitchenette", "onomatopoeia", "theology", "lightning", "naïveté", "灯室度")) {
      List<String> spaced = pieces(tokenizer, " " + rare);
      List<String> plain = pieces(tokenizer, rare);

      assertThat(plain).as(rare).hasSizeGreaterThan(1);
      assertThat(spaced.getFirst()).as(rare).isEqualTo(" ");
      assertThat(spaced.subList(1, spaced.size())).as(rare).isEqualTo(plain);
    }
  }

  @Test
  void makesAFrequentWordOneTokenWithAndWithoutASpace() {
    BytePairTokenizer tokenizer = train(600, text(4000));

    assertThat(pieces(tokenizer, "kitchen kitchen")).containsExactly("kitchen", " kitchen");
  }

  @Test
  void keepsDigitsSingle() {
    BytePairTokenizer tokenizer = train(600, text(4000));

    assertThat(pieces(tokenizer, "42 42")).containsExactly("4", "2", " ", "4", "2");
  }

  @Test
  void learnsTheMergesOfANaiveTrainer() {
    List<String> text = text(60);
    BytePairSettings settings =
        new BytePairSettings(9 + 256 + 80, 0, 1, 3, zhixing(1000).specials(), "<|bos|>", "<|end|>");

    BytePairVocabulary vocabulary = BytePairTrainer.train(settings, text);

    assertThat(vocabulary.tokens()).hasSize(345);
    assertThat(vocabulary.merges()).isEqualTo(naiveMerges(text, 345 - 265, 3));
  }

  @Test
  void dependsOnCountsOnly() {
    List<String> text = text(300);

    BytePairVocabulary forward = BytePairTrainer.train(zhixing(420), text);
    BytePairVocabulary backward = BytePairTrainer.train(zhixing(420), text.reversed());

    assertThat(backward).isEqualTo(forward);
  }

  @Test
  void beginsWithTheSpecialTokensAndTheBytes() {
    BytePairVocabulary vocabulary = BytePairTrainer.train(zhixing(512), text(3000));

    assertThat(vocabulary.tokens()).startsWith("<|pad|>", "<|bos|>", "<|end|>").hasSize(512);
    assertThat(vocabulary.tokens().get(9 + 'a')).isEqualTo("a");
    assertThat(vocabulary.eos()).hasValue(2);
    assertThat(new BytePairTokenizer(vocabulary).isSpecial(8)).isTrue();
    assertThat(new BytePairTokenizer(vocabulary).isSpecial(9)).isFalse();
  }

  @Test
  void leavesRareCharactersAsBytes() {
    List<String> text = new ArrayList<>(text(3000));
    text.add("龘龘龘");
    BytePairSettings all =
        new BytePairSettings(900, 0, 1, 4, zhixing(900).specials(), "<|bos|>", "<|end|>");
    BytePairSettings most =
        new BytePairSettings(900, 0, 0.9998, 4, all.specials(), "<|bos|>", "<|end|>");

    BytePairTokenizer withIt = new BytePairTokenizer(BytePairTrainer.train(all, text));
    BytePairTokenizer without = new BytePairTokenizer(BytePairTrainer.train(most, text));

    assertThat(withIt.encode("龘")).hasSize(1);
    assertThat(without.encode("龘")).hasSizeGreaterThan(1);
    assertThat(without.decode(without.encode("龘灯"))).isEqualTo("龘灯");
  }

  @Test
  void makesNoTokenOfTheEndOfACharacter() {
    BytePairVocabulary vocabulary = BytePairTrainer.train(zhixing(700), text(3000));
    BytePairTokenizer tokenizer = new BytePairTokenizer(vocabulary);
    for (int id = 9 + 256; id < tokenizer.size(); id++) {
      int first = tokenizer.bytes(id)[0] & 0xff;

      assertThat(first < 0x80 || first >= 0xc0).as(vocabulary.tokens().get(id)).isTrue();
    }
  }

  @Test
  void boundsTheHanOfAToken() {
    BytePairTokenizer tokenizer =
        new BytePairTokenizer(BytePairTrainer.train(zhixing(900), List.of("温度是多少今天", "温度是多少今天")));

    assertThat(pieces(tokenizer, "温度是多少今天")).allMatch(piece -> piece.length() <= 4);
  }

  @Test
  void refusesMoreSpacedTokensThanThereIsRoom() {
    assertThatThrownBy(
            () ->
                new BytePairSettings(300, 36, 1, 4, zhixing(1000).specials(), "<|bos|>", "<|end|>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spacedTokens: expected 0..35, found 36");
  }

  private static BytePairSettings zhixing(int size) {
    return BytePairSettings.zhixing(size);
  }

  private static BytePairTokenizer train(int size, List<String> text) {
    return new BytePairTokenizer(BytePairTrainer.train(zhixing(size), text));
  }

  private static List<String> text(int sentences) {
    Random random = new Random(17);
    List<String> text = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      StringBuilder sentence = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        sentence
            .append(WORDS[random.nextInt(WORDS.length)])
            .append(random.nextInt(4) > 0 ? " " : "");
      }
      text.add(sentence.toString());
    }
    return text;
  }

  private static List<String> pieces(BytePairTokenizer tokenizer, String text) {
    return IntStream.of(tokenizer.encode(text)).mapToObj(tokenizer::decode).toList();
  }

  /** Counts all pairs again before each merge. */
  private static List<String> naiveMerges(List<String> texts, int n, int longestHan) {
    Symbols symbols = new Symbols(longestHan);
    List<int[]> chunks = new ArrayList<>();
    for (String text : texts) {
      PreTokenizer.named("zhixing")
          .split(text, 0, text.length(), (from, to) -> chunks.add(bytes(text.substring(from, to))));
    }
    List<String> merges = new ArrayList<>();
    while (merges.size() < n) {
      int[] best = best(chunks, symbols);
      merges.add(symbols.spelling(best[0]) + " " + symbols.spelling(best[1]));
      int joined = symbols.join(best[0], best[1]);
      chunks.replaceAll(chunk -> merged(chunk, best, joined));
    }
    return merges;
  }

  private static int[] bytes(String chunk) {
    String word = chunk.length() > 1 && chunk.startsWith(" ") ? chunk.substring(1) : chunk;
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, utf8.length).map(i -> utf8[i] & 0xff).toArray();
  }

  private static int[] best(List<int[]> chunks, Symbols symbols) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int[] chunk : chunks) {
      for (int i = 0; i + 1 < chunk.length; i++) {
        if (symbols.mayJoin(chunk[i], chunk[i + 1])) {
          counts.merge(List.of(chunk[i], chunk[i + 1]), 1, Integer::sum);
        }
      }
    }
    List<Integer> best =
        counts.keySet().stream()
            .min(
                (a, b) -> {
                  int order = Integer.compare(counts.getOrDefault(b, 0), counts.getOrDefault(a, 0));
                  return order != 0
                      ? order
                      : symbols.compare(a.get(0), a.get(1), b.get(0), b.get(1));
                })
            .orElseThrow();
    return new int[] {best.get(0), best.get(1)};
  }

  private static int[] merged(int[] chunk, int[] pair, int joined) {
    IntStream.Builder out = IntStream.builder();
    for (int i = 0; i < chunk.length; i++) {
      if (i + 1 < chunk.length && chunk[i] == pair[0] && chunk[i + 1] == pair[1]) {
        out.add(joined);
        i++;
      } else {
        out.add(chunk[i]);
      }
    }
    return out.build().toArray();
  }
}
