package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.gguf.GgufException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates a WordPiece vocabulary from Hugging Face's {@code tokenizer.json} into the keys of a
 * GGUF file, as llama.cpp's converter does: a token that begins a word gets the prefix {@code ▁},
 * one that continues it loses its {@code ##}.
 */
public final class WordPieceJson {
  /** The key of the greatest number of tokens, where the tokenizer cuts below the model's own. */
  public static final String TRUNCATION = "zhixing.truncation_length";

  private static final int NORMAL = 1;
  private static final int CONTROL = 3;

  private final String name;
  private final Map<String, Object> json;
  private final Map<String, Object> keys = new LinkedHashMap<>();

  private WordPieceJson(String name, Map<String, Object> json) {
    this.name = name;
    this.json = json;
  }

  /**
   * Returns keys and values as {@link dev.zhixing.engine.gguf.GgufMetadata} has them.
   *
   * @param name begins error texts
   * @param json the file
   * @throws GgufException if it is no JSON or holds another kind of tokenizer
   */
  public static Map<String, Object> keys(String name, byte[] json) {
    WordPieceJson read = new WordPieceJson(name, Json.object(name, json));
    read.read();
    return read.keys;
  }

  private void read() {
    Map<?, ?> model = map(json, "model");
    String[] tokens = tokens(model);
    Map<?, ?> normalizer = map(json, "normalizer");
    boolean lowercase = !Boolean.FALSE.equals(normalizer.get("lowercase"));
    boolean strip =
        normalizer.get("strip_accents") instanceof Boolean stripped ? stripped : lowercase;
    keys.put("tokenizer.ggml.model", "bert");
    keys.put("tokenizer.ggml.pre", "bert-bge");
    keys.put("tokenizer.ggml.token_type", types(tokens));
    keys.put("tokenizer.ggml.normalizer.lowercase", lowercase);
    keys.put("tokenizer.ggml.normalizer.strip_accents", strip);
    id(tokens, "unknown", "[UNK]");
    id(tokens, "seperator", "[SEP]"); // GGUF spells it so
    id(tokens, "padding", "[PAD]");
    id(tokens, "cls", "[CLS]");
    id(tokens, "mask", "[MASK]");
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = piece(tokens[i]);
    }
    keys.put("tokenizer.ggml.tokens", tokens);
    if (map(json, "truncation").get("max_length") instanceof Long most && most > 1) {
      keys.put(TRUNCATION, Math.clamp(most, 2, Integer.MAX_VALUE));
    }
  }

  private static Map<?, ?> map(Map<?, ?> from, String key) {
    return from.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private String[] tokens(Map<?, ?> model) {
    Map<?, ?> vocabulary = map(model, "vocab");
    if (!"WordPiece".equals(model.get("type")) || vocabulary.isEmpty()) {
      throw new GgufException(
          "%s: expected a WordPiece vocabulary, found the type '%s' with %d tokens"
              .formatted(name, model.get("type"), vocabulary.size()));
    }
    @Nullable String[] tokens = new @Nullable String[vocabulary.size()];
    vocabulary.forEach(
        (token, id) -> {
          if (!(id instanceof Long at)
              || at < 0
              || at >= tokens.length
              || tokens[(int) (long) at] != null) {
            throw new GgufException(
                "%s: token '%s': expected an id of its own from 0 to %d, found %s"
                    .formatted(name, token, tokens.length - 1, id));
          }
          tokens[(int) (long) at] = token.toString();
        });
    String[] all = new String[tokens.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = String.valueOf(tokens[i]); // as many ids as places, each once: none is missing
    }
    return all;
  }

  private int[] types(String[] tokens) {
    Set<String> special = new HashSet<>();
    if (json.get("added_tokens") instanceof List<?> added) {
      for (Object entry : added) {
        if (entry instanceof Map<?, ?> map && map.get("content") instanceof String content) {
          special.add(content);
        }
      }
    }
    int[] types = new int[tokens.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = special.contains(tokens[i]) ? CONTROL : NORMAL;
    }
    return types;
  }

  private void id(String[] tokens, String role, String spelling) {
    int id = List.of(tokens).indexOf(spelling);
    if (id >= 0) {
      keys.put("tokenizer.ggml." + role + "_token_id", id);
    }
  }

  private static String piece(String token) {
    if (token.startsWith("[") && token.endsWith("]") && token.length() > 1) {
      return token;
    }
    return token.startsWith("##") ? token.substring(2) : "▁" + token;
  }
}
