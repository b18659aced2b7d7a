package dev.zhixing.engine.encoder;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.ModelFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of the BERT family: each word is cut into the longest pieces of the vocabulary,
 * from left to right; a word that cannot be cut is {@code [UNK]}. The spelling of a special token
 * in a text is ordinary text. Immutable, safe for all threads.
 */
public final class WordPiece {
  private static final String WORD_START = "▁";
  private static final int MAX_WORD = 100; // characters

  private final BertText text;
  private final Map<String, Integer> starts = new HashMap<>();
  private final Map<String, Integer> continuations = new HashMap<>();
  private final int longest; // in chars
  private final int first;
  private final int last;
  private final int unknown;

  private WordPiece(ModelFile file) {
    boolean lowercase = file.metadata().flag("tokenizer.ggml.normalizer.lowercase", true);
    this.text =
        new BertText(
            lowercase, file.metadata().flag("tokenizer.ggml.normalizer.strip_accents", lowercase));
    List<String> tokens = file.metadata().strings("tokenizer.ggml.tokens");
    int most = 1;
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      boolean starting = token.startsWith(WORD_START);
      String piece = starting ? token.substring(1) : token;
      (starting ? starts : continuations).putIfAbsent(piece, id);
      most = Math.max(most, piece.length());
    }
    this.longest = most;
    this.first = id(file, "tokenizer.ggml.cls_token_id", "[CLS]", tokens);
    this.last = id(file, "tokenizer.ggml.seperator_token_id", "[SEP]", tokens);
    this.unknown = id(file, "tokenizer.ggml.unknown_token_id", "[UNK]", tokens);
  }

  /**
   * Reads the vocabulary of a file.
   *
   * @throws GgufException if the file has none of this kind
   */
  public static WordPiece of(ModelFile file) {
    String model = file.metadata().string("tokenizer.ggml.model");
    if (!model.equals("bert")) {
      throw new GgufException(
          "%s: key 'tokenizer.ggml.model': expected 'bert', found '%s'"
              .formatted(file.name(), model));
    }
    return new WordPiece(file);
  }

  private static int id(ModelFile file, String key, String spelling, List<String> tokens) {
    long id = file.metadata().findInteger(key).orElse(tokens.indexOf(spelling));
    if (id < 0 || id >= tokens.size()) {
      throw new GgufException(
          "%s: key '%s': expected the id of %s, 0 to %d, found %d"
              .formatted(file.name(), key, spelling, tokens.size() - 1, id));
    }
    return (int) id;
  }

  /**
   * Encodes a text as a sentence: {@code [CLS]}, its pieces, {@code [SEP]}. What goes beyond is
   * left out.
   *
   * @param most greatest number of tokens, 2 or more
   */
  public int[] encode(String sentence, int most) {
    Pieces pieces = new Pieces(most);
    text.split(sentence, pieces);
    return pieces.done();
  }

  private final class Pieces implements BertText.Words {
    private final int most;
    private int[] ids = new int[16];
    private int count;

    Pieces(int most) {
      this.most = most;
      add(first);
    }

    @Override
    public boolean take(StringBuilder word) {
      int begin = count;
      if (word.codePointCount(0, word.length()) > MAX_WORD || !cut(word)) {
        count = begin;
        add(unknown);
      }
      return count < most - 1;
    }

    private boolean cut(StringBuilder word) {
      int at = 0;
      while (at < word.length()) {
        Map<String, Integer> vocabulary = at == 0 ? starts : continuations;
        int end = Math.min(word.length(), at + longest);
        @Nullable Integer id = null;
        for (; end > at && id == null; end--) {
          id = vocabulary.get(word.substring(at, end));
        }
        if (id == null) {
          return false;
        }
        add(id);
        at = end + 1;
      }
      return true;
    }

    private void add(int id) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
      }
      ids[count++] = id;
    }

    int[] done() {
      count = Math.min(count, most - 1);
      add(last);
      return Arrays.copyOf(ids, count);
    }
  }
}
