package dev.zhixing.engine.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.zhixing.engine.gguf.GgufWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies a WordPiece vocabulary from Hugging Face's {@code tokenizer.json} into a GGUF file, as
 * llama.cpp's converter does: a token that begins a word gets the prefix {@code ▁}, one that
 * continues it loses its {@code ##}.
 */
public final class WordPieceJson {
  /** The key of the greatest number of tokens, where the tokenizer cuts below the model's own. */
  public static final String TRUNCATION = "zhixing.truncation_length";

  private static final int MAX_TOKENS = 1 << 20;
  private static final int NORMAL = 1;
  private static final int CONTROL = 3;

  private final String name;
  private final List<@Nullable String> tokens = new ArrayList<>();
  private final List<String> special = new ArrayList<>();
  private String model = "none";
  private boolean lowercase = true;
  private @Nullable Boolean stripAccents;
  private int truncation;

  private WordPieceJson(String name) {
    this.name = name;
  }

  /**
   * Copies the vocabulary and what is done to a text before.
   *
   * @param name begins error texts
   * @param json the file
   * @throws OnnxException if it is no JSON or holds another kind of tokenizer
   */
  public static void copy(String name, byte[] json, GgufWriter to) {
    WordPieceJson read = new WordPieceJson(name);
    try (JsonParser in = new JsonFactory().createParser(json)) {
      in.nextToken();
      read.read(in, "");
    } catch (IOException e) {
      throw new OnnxException(name + ": expected JSON, found " + e.getMessage());
    }
    read.write(to);
  }

  /** Reads an object, at its brace; what is not needed is passed over. */
  private void read(JsonParser in, String path) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      return;
    }
    for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
      in.nextToken();
      switch (path + key) {
        case "truncation", "normalizer", "model" -> read(in, key + ".");
        case "model.vocab" -> readVocabulary(in);
        case "model.type" -> model = in.getText();
        case "normalizer.lowercase" -> lowercase = in.getBooleanValue();
        case "normalizer.strip_accents" ->
            stripAccents = in.currentToken() == JsonToken.VALUE_NULL ? null : in.getBooleanValue();
        case "truncation.max_length" -> truncation = in.getIntValue();
        case "added_tokens" -> readAdded(in);
        default -> in.skipChildren();
      }
    }
  }

  private void readVocabulary(JsonParser in) throws IOException {
    for (String token = in.nextFieldName(); token != null; token = in.nextFieldName()) {
      int id = in.nextIntValue(-1);
      if (id < 0 || id >= MAX_TOKENS) {
        throw new OnnxException(
            "%s: token '%s': expected an id from 0 to %d, found %d"
                .formatted(name, token, MAX_TOKENS - 1, id));
      }
      while (tokens.size() <= id) {
        tokens.add(null);
      }
      tokens.set(id, token);
    }
  }

  private void readAdded(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.START_OBJECT) {
      for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
        in.nextToken();
        if (key.equals("content")) {
          special.add(in.getText());
        } else {
          in.skipChildren();
        }
      }
    }
  }

  private void write(GgufWriter to) {
    if (!model.equals("WordPiece") || tokens.isEmpty() || tokens.contains(null)) {
      throw new OnnxException(
          "%s: expected a WordPiece vocabulary without gaps, found the kind '%s' of %d tokens"
              .formatted(name, model, tokens.size()));
    }
    List<String> pieces = new ArrayList<>();
    int[] types = new int[tokens.size()];
    Arrays.fill(types, NORMAL);
    for (int id = 0; id < types.length; id++) {
      String token = String.valueOf(tokens.get(id));
      pieces.add(piece(token));
      if (special.contains(token)) {
        types[id] = CONTROL;
      }
    }
    Boolean strip = stripAccents;
    to.string("tokenizer.ggml.model", "bert")
        .string("tokenizer.ggml.pre", "bert-bge")
        .strings("tokenizer.ggml.tokens", Collections.unmodifiableList(pieces))
        .int32s("tokenizer.ggml.token_type", types)
        .flag("tokenizer.ggml.normalizer.lowercase", lowercase)
        .flag("tokenizer.ggml.normalizer.strip_accents", strip == null ? lowercase : strip);
    id(to, "unknown", "[UNK]");
    id(to, "seperator", "[SEP]"); // GGUF spells it so
    id(to, "padding", "[PAD]");
    id(to, "cls", "[CLS]");
    id(to, "mask", "[MASK]");
    if (truncation > 0) {
      to.uint32(TRUNCATION, truncation);
    }
  }

  private void id(GgufWriter to, String role, String spelling) {
    int id = tokens.indexOf(spelling);
    if (id >= 0) {
      to.uint32("tokenizer.ggml." + role + "_token_id", id);
    }
  }

  private static String piece(String token) {
    if (token.startsWith("[") && token.endsWith("]") && token.length() > 1) {
      return token;
    }
    return token.startsWith("##") ? token.substring(2) : "▁" + token;
  }
}
