package dev.zhixing.training.tokenizer;

import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.engine.tokenizer.PreTokenizer;
import dev.zhixing.engine.tokenizer.TokenType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learns a byte-level BPE vocabulary for the pre-tokenizer {@code zhixing}, in two phases, so that
 * a word has the same pieces with and without a space before it: first the most frequent pairs
 * within chunks whose leading space is taken off; then the space joins the chunks that are one
 * token and most often follow a space.
 *
 * <p>The result depends on the text and the settings only: equal counts are ordered by bytes. Each
 * digit stays a token of its own. Memory: some 100 bytes for each byte of the distinct chunks.
 *
 * <p>Source of the incremental counting: Sennrich et al., "Neural Machine Translation of Rare Words
 * with Subword Units" (2016), section 3.2.
 */
public final class BytePairTrainer {
  private static final String SPACE = String.valueOf(ByteAlphabet.spell(' '));

  private final BytePairSettings settings;
  private final Words words;
  private final Symbols symbols;
  private final Pairs pairs;
  private final List<String> merges = new ArrayList<>();

  private BytePairTrainer(BytePairSettings settings, ChunkCounts chunks) {
    this.settings = settings;
    this.words = new Words(chunks.counts(), chunks.rareCharacters(settings.characterCoverage()));
    this.symbols = new Symbols(settings.longestHan());
    this.pairs = new Pairs(words, symbols);
  }

  /**
   * Learns a vocabulary from {@code texts}, which are read once, one after the other. It is smaller
   * than asked for when the text has too few pairs that occur twice.
   */
  public static BytePairVocabulary train(BytePairSettings settings, Iterable<String> texts) {
    ChunkCounts chunks = new ChunkCounts(PreTokenizer.named("zhixing"));
    for (String text : texts) {
      chunks.add(text);
    }
    return new BytePairTrainer(settings, chunks).train();
  }

  private BytePairVocabulary train() {
    int room = settings.vocabularySize() - settings.specials().size();
    int target = room - settings.spacedTokens();
    mergeUpTo(target);
    List<Integer> spaced = mostSpaced();
    while (target + spaced.size() < room) { // too few whole words for the second phase yet
      target += Math.max(1, (room - target - spaced.size()) / 2);
      boolean more = mergeUpTo(target);
      spaced = mostSpaced();
      if (!more) {
        break;
      }
    }
    return vocabulary(spaced.subList(0, Math.min(spaced.size(), room - symbols.size())));
  }

  /** Merges until there are {@code size} symbols; false if the text has no more pairs. */
  private boolean mergeUpTo(int size) {
    while (symbols.size() < size) {
      Pairs.@Nullable Pair best = pairs.mostFrequent();
      if (best == null) {
        return false;
      }
      merges.add(symbols.spelling(best.left) + " " + symbols.spelling(best.right));
      pairs.merge(best, symbols.join(best.left, best.right));
    }
    return true;
  }

  /** The symbols that are whole words, the one that most often follows a space first. */
  private List<Integer> mostSpaced() {
    Map<Integer, Long> counts = new HashMap<>();
    for (int word = 0; word < words.size(); word++) {
      if (words.length(word) == 1 && words.spaced(word) > 1) {
        counts.merge(words.symbol(word, 0), words.spaced(word), Long::sum);
      }
    }
    List<Integer> ordered = new ArrayList<>(counts.keySet());
    ordered.sort(
        (a, b) -> {
          int order = Long.compare(counts.getOrDefault(b, 0L), counts.getOrDefault(a, 0L));
          return order != 0 ? order : symbols.spelling(a).compareTo(symbols.spelling(b));
        });
    return ordered;
  }

  private BytePairVocabulary vocabulary(List<Integer> spaced) {
    List<String> tokens = new ArrayList<>(settings.specials());
    List<TokenType> types = new ArrayList<>();
    tokens.forEach(special -> types.add(TokenType.CONTROL));
    for (int symbol = 0; symbol < symbols.size(); symbol++) {
      tokens.add(symbols.spelling(symbol));
    }
    List<String> allMerges = new ArrayList<>(merges);
    for (int symbol : spaced) {
      tokens.add(SPACE + symbols.spelling(symbol));
      allMerges.add(SPACE + " " + symbols.spelling(symbol));
    }
    while (types.size() < tokens.size()) {
      types.add(TokenType.NORMAL);
    }
    return new BytePairVocabulary(
        tokens,
        types,
        allMerges,
        "zhixing",
        settings.id(settings.bos()),
        settings.id(settings.eos()),
        false);
  }
}
