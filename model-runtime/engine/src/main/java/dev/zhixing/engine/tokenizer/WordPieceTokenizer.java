package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.ModelFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * WordPiece, the tokenizer of the BERT family: each word is cut into the longest pieces of the
 * vocabulary from left to right; a word that cannot be cut is unknown. Immutable, safe for all
 * threads.
 *
 * <p>Text does not come back as it was: white space, control characters and, depending on the
 * vocabulary, case and accents are lost. Token bytes have a space before the pieces that begin a
 * word.
 *
 * <p>Source: Devlin et al., "BERT" (2018), and its published tokenizer.
 */
public final class WordPieceTokenizer implements Tokenizer {
  private final WordPieceVocabulary vocabulary;
  private final PackedStrings bytes;
  private final boolean[] special;
  private final SpellingTrie pieces = new SpellingTrie();
  private final int beginnings = pieces.newRoot();
  private final int continuations = pieces.newRoot();
  private final Specials specials;

  WordPieceTokenizer(WordPieceVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    PackedStrings tokens = PackedStrings.of(vocabulary.tokens());
    TokenType[] kinds =
        TokenKinds.of(
            tokens,
            vocabulary.types(),
            OptionalInt.of(vocabulary.first()),
            OptionalInt.of(vocabulary.last()));
    kinds[vocabulary.unknown()] = TokenType.UNKNOWN;
    vocabulary.padding().ifPresent(id -> kinds[id] = TokenType.CONTROL);
    vocabulary.mask().ifPresent(id -> kinds[id] = TokenType.CONTROL);
    PackedStrings.Builder all = new PackedStrings.Builder(tokens.size(), 8 * tokens.size());
    special = new boolean[tokens.size()];
    String inner = vocabulary.inner();
    for (int id = 0; id < special.length; id++) {
      String token = tokens.get(id);
      special[id] = kinds[id].special();
      boolean begins = inner.isEmpty() ? token.startsWith("▁") : !token.startsWith(inner);
      int from = begins && inner.isEmpty() ? 1 : begins ? 0 : inner.length();
      String piece = special[id] ? token : token.substring(from);
      all.add((begins && !special[id] ? " " + piece : piece).getBytes(StandardCharsets.UTF_8));
      if (!special[id] && !piece.isEmpty()) {
        pieces.put(begins ? beginnings : continuations, piece, 0, id);
      }
    }
    bytes = all.build();
    specials = new Specials(tokens, kinds, Stripping.NONE);
  }

  /**
   * The tokenizer of a file whose {@code tokenizer.ggml.model} is {@code bert}.
   *
   * @throws GgufException if it is of another kind, or damaged
   */
  public static WordPieceTokenizer of(ModelFile file) {
    WordPieceVocabulary vocabulary = WordPieceVocabulary.of(file);
    try {
      return new WordPieceTokenizer(vocabulary);
    } catch (IllegalArgumentException e) {
      throw new GgufException(file.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public int size() {
    return bytes.size();
  }

  /** As {@link Tokenizer#encode}: without {@code [CLS]} and {@code [SEP]}. */
  @Override
  public int[] encode(String text) {
    return encode(text, false);
  }

  @Override
  public int[] encodeTrusted(String text) {
    return encode(text, true);
  }

  private int[] encode(String text, boolean trusted) {
    Encoding encoding = new Encoding();
    specials.split(text, trusted, encoding);
    return encoding.ids.toArray();
  }

  @Override
  public byte[] bytes(int id) {
    return bytes.copy(id);
  }

  @Override
  public boolean isSpecial(int id) {
    return special[id];
  }

  @Override
  public OptionalInt special(String spelling) {
    return specials.id(spelling);
  }

  /** Returns {@code [CLS]}. */
  @Override
  public OptionalInt bos() {
    return OptionalInt.of(vocabulary.first());
  }

  /** Returns {@code [SEP]}. */
  @Override
  public OptionalInt eos() {
    return OptionalInt.of(vocabulary.last());
  }

  @Override
  public boolean addBos() {
    return true;
  }

  @Override
  public boolean addEos() {
    return true;
  }

  /** Returns {@code [UNK]}. */
  public int unknown() {
    return vocabulary.unknown();
  }

  /** Returns {@code [PAD]}, if the vocabulary has one. */
  public OptionalInt padding() {
    return vocabulary.padding();
  }

  /** Returns {@code [MASK]}, if the vocabulary has one. */
  public OptionalInt mask() {
    return vocabulary.mask();
  }

  @Override
  public boolean addsSpace() {
    return true;
  }

  /** The words with single spaces between them. */
  @Override
  public String decode(int... ids) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(ids.length * 4);
    for (int id : ids) {
      byte[] piece = bytes.copy(id);
      boolean drop = joined.size() == 0 && !special[id] && piece.length > 1;
      int from = drop && piece[0] == ' ' ? 1 : 0;
      joined.write(piece, from, piece.length - from);
    }
    return joined.toString(StandardCharsets.UTF_8);
  }

  private final class Encoding implements Specials.Parts, WordText.Words {
    private final IdList ids = new IdList();

    @Override
    public void text(String text, int start, int end) {
      vocabulary.text().split(text, start, end, this);
    }

    @Override
    public void token(int id) {
      ids.add(id);
    }

    @Override
    public void word(StringBuilder word) {
      int before = ids.size();
      if (word.codePointCount(0, word.length()) > vocabulary.longestWord() || !cut(word)) {
        ids.cut(before);
        ids.add(vocabulary.unknown());
      }
    }

    private boolean cut(StringBuilder word) {
      int at = 0;
      while (at < word.length()) {
        long found = pieces.longest(at == 0 ? beginnings : continuations, word, at, word.length());
        if (found < 0) {
          return false;
        }
        ids.add((int) (found >>> 32));
        at = (int) found;
      }
      return true;
    }
  }
}
