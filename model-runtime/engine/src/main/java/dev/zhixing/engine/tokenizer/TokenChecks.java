package dev.zhixing.engine.tokenizer;

import java.util.List;
import java.util.OptionalInt;

/** Checks of what a vocabulary file says; the errors name key, expected and found. */
final class TokenChecks {
  /** The longest spelling of a token, in UTF-16 units: real ones have some hundreds at most. */
  static final int LONGEST = 65_536;

  private TokenChecks() {}

  static void tokens(List<String> tokens, int types) {
    types(tokens.size(), types);
    PackedStrings packed = PackedStrings.of(tokens);
    for (int id = 0; id < packed.size(); id++) {
      if (packed.length(id) > LONGEST && tokens.get(id).length() > LONGEST) {
        throw new IllegalArgumentException(
            "tokenizer.ggml.tokens: %d: expected at most %d characters, found %d"
                .formatted(id, LONGEST, tokens.get(id).length()));
      }
    }
  }

  static void types(int tokens, int types) {
    if (tokens == 0) {
      throw new IllegalArgumentException("tokenizer.ggml.tokens: expected some, found none");
    }
    if (types != tokens) {
      throw new IllegalArgumentException(
          "tokenizer.ggml.token_type: expected as many as tokens, %d, found %d"
              .formatted(tokens, types));
    }
  }

  static void id(String name, OptionalInt id, int size) {
    if (id.isPresent() && (id.getAsInt() < 0 || id.getAsInt() >= size)) {
      throw new IllegalArgumentException(
          "tokenizer.ggml.%s_token_id: expected an id in 0..%d, found %d"
              .formatted(name, size - 1, id.getAsInt()));
    }
  }
}
