package dev.zhixing.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.zhixing.engine.gguf.GgufException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads Hugging Face's {@code tokenizer.json}: byte-level BPE with the patterns that are known
 * here, SentencePiece exported as BPE with byte fallback, WordPiece with BERT's normalizer. What it
 * does not know it refuses by name, since text would be cut wrongly. The beginning and end of
 * documents come from {@code tokenizer_config.json} or {@code special_tokens_map.json} beside it,
 * if they are there.
 */
public final class TokenizerJson {
  private static final long LARGEST = 256L << 20;

  private final TokenizerJsonParts parts;
  private final @Nullable Object settings;
  private final PackedStrings merges;
  private final List<String> tokens = new ArrayList<>();
  private final List<TokenType> types = new ArrayList<>();

  private TokenizerJson(TokenizerJsonParts parts, @Nullable Object settings) {
    this.parts = parts;
    this.merges = parts.merges();
    this.settings = settings;
  }

  /**
   * Reads a tokenizer.
   *
   * @param path the file, or the folder that has it
   * @throws GgufException if it cannot be read, is damaged, or is of a kind that is not supported;
   *     the text names file, member, expected and found
   */
  public static Tokenizer read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve("tokenizer.json") : path;
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException(
            "expected at most %d bytes, found %d".formatted(LARGEST, Files.size(file)));
      }
      return new TokenizerJson(TokenizerJsonParts.read(file), settings(file)).build();
    } catch (JsonProcessingException | CharConversionException e) {
      throw new GgufException(
          "%s: expected JSON, found %s; the file is damaged, get it again"
              .formatted(file, JsonTree.place(e)),
          e);
    } catch (FileSystemException e) {
      throw new GgufException(
          "%s: expected a readable file, found %s; is the path right?".formatted(file, e), e);
    } catch (IOException | IllegalArgumentException e) {
      String found = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new GgufException(file + ": " + found, e);
    }
  }

  private static @Nullable Object settings(Path file) throws IOException {
    for (String name : List.of("tokenizer_config.json", "special_tokens_map.json")) {
      Path settings = file.resolveSibling(name);
      if (Files.isRegularFile(settings) && Files.size(settings) <= LARGEST) {
        try (JsonParser json = JsonTree.parser(settings)) {
          json.nextToken();
          return JsonTree.read(json);
        } catch (JsonProcessingException | CharConversionException e) {
          throw new IOException(
              "%s: expected JSON, found %s".formatted(name, JsonTree.place(e)), e);
        }
      }
    }
    return null;
  }

  private Tokenizer build() throws IOException {
    collect();
    String type = JsonTree.text(parts.model, "type");
    if (type.isEmpty() && !merges.isEmpty()) {
      type = "BPE"; // as older files leave it out
    }
    return switch (type) {
      case "BPE" -> bytePairs();
      case "WordPiece" -> wordPieces();
      default ->
          throw new IllegalArgumentException(
              "model.type: expected BPE or WordPiece, found '%s'".formatted(Shown.of(type)));
    };
  }

  private void collect() throws IOException {
    List<Integer> control = new ArrayList<>();
    List<Integer> user = new ArrayList<>();
    for (Object added : parts.added) {
      String content = JsonTree.text(added, "content");
      if (!(JsonTree.at(added, "id") instanceof Long id)) {
        throw new IOException(
            "added_tokens: '%s': expected an id, found none".formatted(Shown.of(content)));
      }
      parts.put(content, id, "added_tokens");
      (JsonTree.flag(added, "special", false) ? control : user).add(id.intValue());
    }
    for (int id = 0; id < parts.tokens.size(); id++) {
      String token = parts.tokens.get(id);
      tokens.add(token == null ? "[PAD" + id + "]" : token);
      types.add(token == null ? TokenType.UNUSED : TokenType.NORMAL);
    }
    user.forEach(id -> types.set(id, TokenType.USER_DEFINED));
    control.forEach(id -> types.set(id, TokenType.CONTROL));
  }

  private Tokenizer bytePairs() {
    boolean pieces = JsonTree.flag(parts.model, "byte_fallback", false) || spelt("▁");
    return pieces ? sentencePieces() : byteLevel();
  }

  private boolean spelt(String token) {
    return tokens.contains(token) && !tokens.contains("Ġ");
  }

  private Tokenizer byteLevel() {
    boolean ignores = JsonTree.flag(parts.model, "ignore_merges", false);
    @Nullable String name = SplitPatterns.name(parts.preTokenizer, ignores);
    if (name == null) {
      throw new IllegalArgumentException(
          "pre_tokenizer: expected a pattern that is known, found %s; text would be cut wrongly"
              .formatted(shown(parts.preTokenizer)));
    }
    boolean composes = false;
    for (Object normalizer : JsonTree.sequence(parts.normalizer, "normalizers")) {
      composes = JsonTree.text(normalizer, "type").equals("NFC");
      if (!composes) {
        throw new IllegalArgumentException(
            "normalizer: expected none or NFC, found " + shown(normalizer));
      }
    }
    return new BytePairTokenizer(
        new BytePairVocabulary(tokens, types, merges, name, bos(), eos(), adds("bos"), adds("eos")),
        Stripping.NONE,
        composes);
  }

  private Tokenizer sentencePieces() {
    for (int id = 0; id < tokens.size(); id++) {
      if (types.get(id) == TokenType.NORMAL && ByteTokens.value(tokens.get(id)) >= 0) {
        types.set(id, TokenType.BYTE);
      }
    }
    OptionalInt unknown = id(JsonTree.text(parts.model, "unk_token"));
    unknown.ifPresent(id -> types.set(id, TokenType.UNKNOWN));
    return new SentencePieceTokenizer(
        new ScoredVocabulary(
            tokens,
            types,
            prefix(),
            bos(),
            eos(),
            unknown,
            adds("bos"),
            adds("eos"),
            Stripping.NONE),
        ranks());
  }

  /** A merge's rank for what it makes: exported merges have every way to make a piece. */
  private int[] ranks() {
    int[] ranks = new int[tokens.size()];
    Arrays.fill(ranks, PieceRanks.NEVER);
    Map<String, Integer> ids = HashMap.newHashMap(tokens.size());
    for (int id = 0; id < tokens.size(); id++) {
      ids.putIfAbsent(tokens.get(id), id);
    }
    for (int rank = 0; rank < merges.size(); rank++) {
      String merge = merges.get(rank);
      int gap = merge.indexOf(' ', 1);
      Integer made =
          gap < 0 ? null : ids.get(merge.substring(0, gap).concat(merge.substring(gap + 1)));
      if (made == null) {
        throw new IllegalArgumentException(
            "model.merges: %d: expected two tokens whose join is a token, found '%s'"
                .formatted(rank, Shown.of(merge)));
      }
      ranks[made] = Math.min(ranks[made], rank);
    }
    return ranks;
  }

  private ScoredVocabulary.SpacePrefix prefix() {
    ScoredVocabulary.SpacePrefix prefix = ScoredVocabulary.SpacePrefix.NEVER;
    for (Object normalizer : JsonTree.sequence(parts.normalizer, "normalizers")) {
      switch (JsonTree.text(normalizer, "type")) {
        case "Prepend" -> prefix = ScoredVocabulary.SpacePrefix.ALWAYS;
        case "Replace", "NFC" -> {}
        default ->
            throw new IllegalArgumentException(
                "normalizer: expected Prepend, Replace or NFC, found " + shown(normalizer));
      }
    }
    for (Object part : JsonTree.sequence(parts.preTokenizer, "pretokenizers")) {
      String type = JsonTree.text(part, "type");
      if (type.equals("Metaspace")) {
        String scheme = JsonTree.text(part, "prepend_scheme");
        boolean adds = JsonTree.flag(part, "add_prefix_space", !scheme.equals("never"));
        prefix =
            scheme.equals("first")
                ? ScoredVocabulary.SpacePrefix.FIRST
                : adds && !scheme.equals("never") ? ScoredVocabulary.SpacePrefix.ALWAYS : prefix;
      } else if (!type.equals("Split")
          || !JsonTree.text(JsonTree.at(part, "pattern"), "String").equals(" ")) {
        throw new IllegalArgumentException(
            "pre_tokenizer: expected Metaspace or none, found " + shown(part));
      }
    }
    return prefix;
  }

  private Tokenizer wordPieces() {
    Object normalizer = parts.normalizer;
    String type = JsonTree.text(normalizer, "type");
    if (!type.equals("BertNormalizer")
        || !JsonTree.text(parts.preTokenizer, "type").equals("BertPreTokenizer")) {
      throw new IllegalArgumentException(
          "normalizer, pre_tokenizer: expected BertNormalizer and BertPreTokenizer, found %s and %s"
              .formatted(shown(normalizer), shown(parts.preTokenizer)));
    }
    boolean lowercase = JsonTree.flag(normalizer, "lowercase", true);
    String unknown = JsonTree.text(parts.model, "unk_token");
    String inner = JsonTree.text(parts.model, "continuing_subword_prefix");
    int longest =
        JsonTree.at(parts.model, "max_input_chars_per_word") instanceof Long most
            ? Math.clamp(most, 1, 1 << 20)
            : WordPieceVocabulary.LONGEST_WORD;
    return new WordPieceTokenizer(
        new WordPieceVocabulary(
            tokens,
            types,
            inner.isEmpty() ? "##" : inner,
            new WordText(
                JsonTree.flag(normalizer, "clean_text", true),
                JsonTree.flag(normalizer, "handle_chinese_chars", true),
                JsonTree.flag(normalizer, "strip_accents", lowercase),
                lowercase),
            longest,
            required("[CLS]"),
            required("[SEP]"),
            required(unknown.isEmpty() ? "[UNK]" : unknown),
            id("[PAD]"),
            id("[MASK]")));
  }

  private int required(String spelling) {
    OptionalInt id = id(spelling);
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "model.vocab: expected a token '%s', found none".formatted(Shown.of(spelling)));
    }
    return id.getAsInt();
  }

  private OptionalInt id(String spelling) {
    int id = spelling.isEmpty() ? -1 : tokens.indexOf(spelling);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private OptionalInt bos() {
    return id(named("bos_token"));
  }

  private OptionalInt eos() {
    return id(named("eos_token"));
  }

  private String named(String name) {
    Object value = JsonTree.at(settings, name);
    return value instanceof String text ? text : JsonTree.text(value, "content");
  }

  /** What the settings say or, where they don't, whether the post-processor puts it there. */
  private boolean adds(String edge) {
    String spelling = named(edge + "_token");
    if (id(spelling).isEmpty()) {
      return false;
    }
    boolean template = false;
    for (Object part : JsonTree.sequence(parts.postProcessor, "processors")) {
      for (Object item : JsonTree.items(part, "single")) {
        Object special = JsonTree.at(item, "SpecialToken");
        template |= JsonTree.text(special, "id").equals(spelling);
      }
    }
    return JsonTree.flag(settings, "add_" + edge + "_token", template);
  }

  private static String shown(@Nullable Object tree) {
    return Shown.of(String.valueOf(tree), 2000); // a pattern is to be read in full
  }
}
