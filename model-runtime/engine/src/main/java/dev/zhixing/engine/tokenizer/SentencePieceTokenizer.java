package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.tokenizer.ScoredVocabulary.SpacePrefix;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * SentencePiece's byte-pair encoding: text starts as its characters, spaces spelt U+2581, and
 * neighbours join where the vocabulary has the joined piece, the one with the greatest score first.
 * A character that is no token becomes its bytes. Immutable, safe for all threads.
 *
 * <p>Most vocabularies put a space before text and behind special tokens; {@link #decode} takes it
 * away again. U+2581 in a text decodes to a space; a lone surrogate is encoded as U+FFFD.
 *
 * <p>Source: Kudo and Richardson, "SentencePiece" (2018); the order of joins and the space behind
 * special tokens as llama.cpp has them.
 */
public final class SentencePieceTokenizer implements Tokenizer {
  private final ScoredVocabulary vocabulary;
  private final int[] ranks;
  private final PackedStrings bytes;
  private final boolean[] special;
  private final int[] byteIds = new int[256];
  private final ByteStrings pieces;
  private final Specials specials;
  private final int longest;
  private final boolean wordwise;

  /** A tokenizer from its data and the rank of each id, see {@link PieceRanks}. */
  SentencePieceTokenizer(ScoredVocabulary vocabulary, int[] ranks) {
    this.vocabulary = vocabulary;
    this.ranks = ranks;
    PackedStrings tokens = PackedStrings.of(vocabulary.tokens());
    TokenType[] kinds =
        TokenKinds.of(tokens, vocabulary.types(), vocabulary.bos(), vocabulary.eos());
    PackedStrings.Builder all = new PackedStrings.Builder(tokens.size(), tokens.bytes().length);
    special = new boolean[tokens.size()];
    boolean[] noPiece = new boolean[tokens.size()];
    Arrays.fill(byteIds, -1);
    for (int id = 0; id < special.length; id++) {
      TokenType kind = kinds[id];
      special[id] = kind.special();
      int single = kind == TokenType.BYTE ? ByteTokens.value(tokens.get(id)) : -1;
      if (single >= 0) {
        all.add(new byte[] {(byte) single});
        byteIds[single] = byteIds[single] < 0 ? id : byteIds[single];
      } else if (special[id]) {
        all.add(tokens.bytes(), tokens.start(id), tokens.end(id));
      } else {
        addPiece(tokens, id, all);
      }
      noPiece[id] =
          (kind != TokenType.NORMAL && kind != TokenType.USER_DEFINED)
              || tokens.length(id) == 0
              || tokens.has(id, (byte) ' ');
    }
    bytes = all.build();
    if (vocabulary.unknown().isEmpty()) {
      checkBytes();
    }
    pieces = pieces(noPiece);
    longest = longest(noPiece);
    wordwise = wordwise(noPiece);
    specials = new Specials(tokens, kinds, vocabulary.stripping());
  }

  /**
   * The tokenizer of a file whose {@code tokenizer.ggml.model} is {@code llama}.
   *
   * @throws GgufException if it is of another kind, or damaged
   */
  public static SentencePieceTokenizer of(ModelFile file) {
    ScoredVocabulary vocabulary = ScoredVocabulary.of(file);
    try {
      int[] ranks = PieceRanks.of(file.metadata(), vocabulary.tokens().size());
      return new SentencePieceTokenizer(vocabulary, ranks);
    } catch (IllegalArgumentException e) {
      throw new GgufException(file.name() + ": " + e.getMessage(), e);
    }
  }

  private void checkBytes() {
    for (int b = 0; b < 256; b++) {
      boolean inUtf8 = b != 0xc0 && b != 0xc1 && b <= 0xf4;
      if (inUtf8 && byteIds[b] < 0) {
        throw new IllegalArgumentException(
            "tokenizer.ggml.tokens: expected one for each byte or tokenizer.ggml.unknown_token_id, found neither for byte 0x%02x"
                .formatted(b));
      }
    }
  }

  /** Adds a token with a space in place of U+2581. */
  private static void addPiece(PackedStrings tokens, int id, PackedStrings.Builder to) {
    byte[] bytes = tokens.bytes();
    int end = tokens.end(id);
    for (int i = tokens.start(id); i < end; i++) {
      if (PieceEncoder.isEscapedSpace(bytes, i, end)) {
        to.append((byte) ' ');
        i += 2;
      } else {
        to.append(bytes[i]);
      }
    }
    to.end();
  }

  private ByteStrings pieces(boolean[] noPiece) {
    ByteStrings found = new ByteStrings(bytes);
    for (int id = 0; id < noPiece.length; id++) {
      if (!noPiece[id]) {
        found.put(id);
      }
    }
    return found;
  }

  private int longest(boolean[] noPiece) {
    int most = 1;
    for (int id = 0; id < bytes.size(); id++) {
      most = noPiece[id] ? most : Math.max(most, bytes.length(id));
    }
    return most;
  }

  /** Whether no piece has a space behind something else, so that words never join. */
  private boolean wordwise(boolean[] noPiece) {
    for (int id = 0; id < bytes.size(); id++) {
      for (int i = bytes.start(id) + 1; !noPiece[id] && i < bytes.end(id); i++) {
        if (bytes.bytes()[i] == ' ' && bytes.bytes()[i - 1] != ' ') {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public int size() {
    return bytes.size();
  }

  @Override
  public int[] encode(String text) {
    return encode(text, false);
  }

  @Override
  public int[] encodeTrusted(String text) {
    return encode(text, true);
  }

  private int[] encode(String text, boolean trusted) {
    PieceEncoder encoder = new PieceEncoder(this, vocabulary.prefix());
    specials.split(text, trusted, encoder);
    return encoder.result();
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

  @Override
  public OptionalInt bos() {
    return vocabulary.bos();
  }

  @Override
  public OptionalInt eos() {
    return vocabulary.eos();
  }

  @Override
  public boolean addBos() {
    return vocabulary.addBos();
  }

  @Override
  public boolean addEos() {
    return vocabulary.addEos();
  }

  @Override
  public boolean addsSpace() {
    return vocabulary.prefix() != SpacePrefix.NEVER;
  }

  @Override
  public String decode(int... ids) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(ids.length * 4);
    boolean prefixed = addsSpace();
    for (int id : ids) {
      byte[] piece = bytes.copy(id);
      boolean drop = prefixed && !special[id] && piece.length > 0 && piece[0] == ' ';
      joined.write(piece, drop ? 1 : 0, drop ? piece.length - 1 : piece.length);
      prefixed =
          specials.has(id) && (vocabulary.prefix() == SpacePrefix.ALWAYS || joined.size() == 0);
    }
    return joined.toString(StandardCharsets.UTF_8);
  }

  /** The piece with these bytes, or -1. */
  int piece(byte[] text, int from, int to) {
    return to - from > longest ? -1 : pieces.id(text, from, to);
  }

  /** When a join to {@code id} is due, see {@link PieceRanks}. */
  int rank(int id) {
    return ranks[id];
  }

  /** The token of a byte, or -1. */
  int byteId(byte value) {
    return byteIds[value & 0xff];
  }

  /** The unknown token, or -1. */
  int unknown() {
    return vocabulary.unknown().orElse(-1);
  }

  boolean wordwise() {
    return wordwise;
  }
}
