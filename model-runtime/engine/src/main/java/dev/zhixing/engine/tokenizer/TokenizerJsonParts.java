package dev.zhixing.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@code tokenizer.json} holds: the vocabulary in compact form, the rest as it is. */
final class TokenizerJsonParts {
  private static final int MOST_TOKENS = 1 << 21;
  private static final int MOST_MERGES = 1 << 21;
  private static final int MOST_GAPS = 1 << 12;
  private static final int BYTES_OF_TOKEN = 8; // with its id, on average

  final Map<String, @Nullable Object> model = new LinkedHashMap<>(); // but vocab and merges
  final List<@Nullable String> tokens = new ArrayList<>();
  private final PackedStrings.Builder merges = new PackedStrings.Builder(1024, 1 << 14);
  final List<Object> added = new ArrayList<>();
  @Nullable Object normalizer;
  @Nullable Object preTokenizer;
  @Nullable Object postProcessor;
  private final long mostTokens;

  private TokenizerJsonParts(long mostTokens) {
    this.mostTokens = mostTokens;
  }

  /** Reads a file. Ids may leave gaps, but not so that they take more memory than the file has. */
  static TokenizerJsonParts read(Path file) throws IOException {
    long most = Math.min(MOST_TOKENS, MOST_GAPS + Files.size(file) / BYTES_OF_TOKEN);
    TokenizerJsonParts parts = new TokenizerJsonParts(most);
    try (JsonParser json = JsonTree.parser(file)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("expected an object, found " + json.currentToken());
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        parts.member(name, json);
      }
    }
    return parts;
  }

  /** The merges, once all is read. */
  PackedStrings merges() {
    return merges.build();
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "model" -> model(json);
      case "added_tokens" -> {
        if (JsonTree.read(json) instanceof List<?> list) {
          list.stream().filter(Map.class::isInstance).forEach(added::add);
        }
      }
      case "normalizer" -> normalizer = JsonTree.read(json);
      case "pre_tokenizer" -> preTokenizer = JsonTree.read(json);
      case "post_processor" -> postProcessor = JsonTree.read(json);
      default -> json.skipChildren();
    }
  }

  private void model(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("model: expected an object, found " + json.currentToken());
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("vocab") && json.currentToken() == JsonToken.START_OBJECT) {
        vocabulary(json);
      } else if (name.equals("merges") && json.currentToken() == JsonToken.START_ARRAY) {
        merges(json);
      } else if (name.equals("vocab")) {
        json.skipChildren(); // Unigram's, which is refused by its type
      } else {
        model.put(name, JsonTree.read(json));
      }
    }
  }

  private void vocabulary(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String token = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
        throw new IOException(
            "model.vocab: '%s': expected an id, found %s"
                .formatted(Shown.of(token), json.currentToken()));
      }
      put(token, json.getLongValue(), "model.vocab");
    }
  }

  /** Gives {@code id} to a token; ids may come in any order but not twice for different ones. */
  void put(String token, long id, String where) throws IOException {
    if (id < 0 || id >= mostTokens) {
      throw new IOException(
          "%s: '%s': expected an id in 0..%d in a file of this size, found %d"
              .formatted(where, Shown.of(token), mostTokens - 1, id));
    }
    while (tokens.size() <= id) {
      tokens.add(null);
    }
    String known = tokens.set((int) id, token);
    if (known != null && !known.equals(token)) {
      throw new IOException(
          "%s: expected one token for each id, found '%s' and '%s' for %d"
              .formatted(where, Shown.of(known), Shown.of(token), id));
    }
  }

  /** Both ways of writing a merge: {@code "a b"} and {@code ["a", "b"]}. */
  private void merges(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (merges.size() == MOST_MERGES) {
        throw new IOException(
            "model.merges: expected at most %d, found more".formatted(MOST_MERGES));
      }
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        merges.add(json.getText().getBytes(StandardCharsets.UTF_8));
        continue;
      }
      String left = json.nextTextValue();
      String right = json.nextTextValue();
      if (left == null || right == null || json.nextToken() != JsonToken.END_ARRAY) {
        throw new IOException(
            "model.merges: %d: expected two tokens, found %s"
                .formatted(merges.size(), json.currentToken()));
      }
      merges.add((left + ' ' + right).getBytes(StandardCharsets.UTF_8));
    }
  }
}
