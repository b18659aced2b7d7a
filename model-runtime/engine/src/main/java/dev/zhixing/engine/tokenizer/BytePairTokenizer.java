package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.ModelFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Byte-level byte-pair encoding: text is cut into chunks by a {@link PreTokenizer}, each chunk
 * starts as its UTF-8 bytes, and neighbours merge in order of rank. Any text can be encoded, and
 * decoding gives it back, where the vocabulary has all bytes; some lack control characters or the
 * bytes that begin rare scripts, which are left out of the ids. Immutable, safe for all threads.
 *
 * <p>Tokens that a file marks as control or unknown, or that end a turn by their spelling, are made
 * out of text by {@link #encodeTrusted} only; user-defined ones by {@link #encode} too. A lone
 * surrogate is encoded as U+FFFD.
 *
 * <p>Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (2016);
 * Radford et al., "Language Models are Unsupervised Multitask Learners" (2019) for the bytes.
 */
public final class BytePairTokenizer implements Tokenizer {
  private final BytePairVocabulary vocabulary;
  private final PreTokenizer preTokenizer;
  private final boolean composes;
  private final PackedStrings bytes;
  private final boolean[] special;
  private final int[] byteIds = new int[256];
  private final MergeTable merges;
  private final @Nullable ByteStrings wholes;
  private final Specials specials;

  /**
   * A tokenizer from its data.
   *
   * @throws IllegalArgumentException if the pre-tokenizer is not supported, the byte of an ASCII
   *     letter is missing, or a merge names or makes something that is no token
   */
  public BytePairTokenizer(BytePairVocabulary vocabulary) {
    this(vocabulary, Stripping.NONE);
  }

  BytePairTokenizer(BytePairVocabulary vocabulary, Stripping stripping) {
    this(vocabulary, stripping, false);
  }

  /**
   * A tokenizer from its data.
   *
   * @param composes whether text is brought into Unicode's form NFC first
   */
  BytePairTokenizer(BytePairVocabulary vocabulary, Stripping stripping, boolean composes) {
    this.vocabulary = vocabulary;
    this.composes = composes;
    this.preTokenizer = PreTokenizer.named(vocabulary.preTokenizer());
    PackedStrings tokens = PackedStrings.of(vocabulary.tokens());
    TokenType[] kinds =
        TokenKinds.of(tokens, vocabulary.types(), vocabulary.bos(), vocabulary.eos());
    bytes = bytes(tokens, kinds);
    special = new boolean[tokens.size()];
    ByteStrings ids = new ByteStrings(tokens);
    for (int id = 0; id < special.length; id++) {
      special[id] = kinds[id].special();
      if (kinds[id] == TokenType.NORMAL) {
        ids.put(id);
      }
    }
    fillByteIds(ids);
    for (int id = 0; id < special.length; id++) {
      if (kinds[id] == TokenType.USER_DEFINED) {
        ids.put(id);
      }
    }
    merges = new MergeReader(tokens, ids, PackedStrings.of(vocabulary.merges())).read();
    wholes = preTokenizer.wholeChunksFirst() ? normal(bytes, kinds) : null;
    specials = new Specials(tokens, kinds, stripping);
  }

  private static ByteStrings normal(PackedStrings bytes, TokenType[] kinds) {
    ByteStrings normal = new ByteStrings(bytes);
    for (int id = 0; id < kinds.length; id++) {
      if (kinds[id] == TokenType.NORMAL) {
        normal.put(id);
      }
    }
    return normal;
  }

  private static PackedStrings bytes(PackedStrings tokens, TokenType[] kinds) {
    PackedStrings.Builder all = new PackedStrings.Builder(tokens.size(), tokens.bytes().length);
    for (int id = 0; id < kinds.length; id++) {
      if (kinds[id] == TokenType.NORMAL && ByteAlphabet.decode(tokens, id, all)) {
        continue;
      }
      int single = kinds[id] == TokenType.BYTE ? ByteTokens.value(tokens.get(id)) : -1;
      if (single >= 0) {
        all.append((byte) single);
        all.end();
      } else {
        all.add(tokens.bytes(), tokens.start(id), tokens.end(id));
      }
    }
    return all.build();
  }

  /**
   * The tokenizer of a GGUF file.
   *
   * @throws GgufException if the file's vocabulary is not byte-level BPE, is cut into chunks in a
   *     way that is not supported, or is damaged
   */
  public static BytePairTokenizer of(ModelFile file) {
    BytePairVocabulary vocabulary = BytePairVocabulary.of(file);
    String model = file.metadata().string("general.name", "");
    try {
      return new BytePairTokenizer(vocabulary, Stripping.of(model, vocabulary.preTokenizer()));
    } catch (IllegalArgumentException e) {
      throw new GgufException(file.name() + ": " + e.getMessage(), e);
    }
  }

  private void fillByteIds(ByteStrings ids) {
    int missing = -1;
    boolean letters = true;
    for (int b = 255; b >= 0; b--) {
      byte[] spelling = String.valueOf(ByteAlphabet.spell(b)).getBytes(StandardCharsets.UTF_8);
      byteIds[b] = ids.id(spelling, spelling.length);
      missing = byteIds[b] < 0 ? b : missing;
      letters &= byteIds[b] >= 0 || b < 'a' || b > 'z';
    }
    if (!letters) {
      throw new IllegalArgumentException(
          "tokenizer.ggml.tokens: expected one for each byte, at least for each letter, found none for byte 0x%02x; is the vocabulary byte-level BPE?"
              .formatted(missing));
    }
  }

  /** The data that this tokenizer was made from. */
  public BytePairVocabulary vocabulary() {
    return vocabulary;
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
    ChunkEncoder encoder = new ChunkEncoder(this, preTokenizer, composes, merges);
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
  public String decode(int... ids) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(ids.length * 4);
    for (int id : ids) {
      joined.write(bytes.bytes(), bytes.start(id), bytes.length(id));
    }
    return joined.toString(StandardCharsets.UTF_8);
  }

  /** The id of one byte, or -1 if the vocabulary lacks it. */
  int byteId(byte value) {
    return byteIds[value & 0xff];
  }

  /** The id of the first {@code n} bytes as one ordinary token, or -1. */
  int whole(byte[] text, int n) {
    return wholes == null ? -1 : wholes.id(text, n);
  }

  /** The id that a space and the token {@code id} merge into, or -1. */
  int withSpace(int id) {
    int rank = merges.rank(byteIds[' '], id);
    return rank == MergeTable.NONE ? -1 : merges.merged(rank);
  }
}
