package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.tokenizer.EndTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds what GGUF keeps among its keys and Hugging Face in files of their own: the template, ids.
 */
final class TokenizerSettings {
  private static final int MAX_TEMPLATE = 1 << 20;
  private static final String TEMPLATE = "tokenizer.chat_template";

  private TokenizerSettings() {}

  static void add(Path folder, HuggingFaceConfig config) {
    id(config, "bos_token_id", "tokenizer.ggml.bos_token_id");
    id(config, "eos_token_id", "tokenizer.ggml.eos_token_id");
    ends(folder, config);
    Path settings = folder.resolve("tokenizer_config.json");
    if (Files.isRegularFile(settings)) {
      Map<String, Object> values = SafetensorsModel.json(settings);
      if (values.get("chat_template") instanceof String template) {
        config.put(TEMPLATE, template);
      }
      if (values.get("add_bos_token") instanceof Boolean add) {
        config.put("tokenizer.ggml.add_bos_token", add);
      }
    }
    Path template = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(template)) {
      config.put(TEMPLATE, text(template));
    }
  }

  /** Models of conversations name several ends, some of them in a file of their own only. */
  private static void ends(Path folder, HuggingFaceConfig config) {
    Path generation = folder.resolve("generation_config.json");
    @Nullable Object more =
        Files.isRegularFile(generation)
            ? SafetensorsModel.json(generation).get("eos_token_id")
            : null;
    int[] ids =
        Stream.of(config.value("eos_token_id"), more)
            .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
            .filter(Long.class::isInstance)
            .mapToInt(id -> Math.clamp((Long) id, -1, Integer.MAX_VALUE))
            .distinct()
            .toArray();
    if (ids.length > 0) {
      config.put(EndTokens.MORE_KEY, ids);
    }
  }

  private static void id(HuggingFaceConfig config, String from, String to) {
    @Nullable Object value = config.value(from);
    @Nullable Object first = value instanceof List<?> list && !list.isEmpty() ? list.get(0) : value;
    if (first instanceof Long id) {
      config.put(to, id);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_TEMPLATE) {
        throw new GgufException(
            "%s: expected at most %d bytes, found %d"
                .formatted(file, MAX_TEMPLATE, Files.size(file)));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new GgufException("%s: expected text, found %s".formatted(file, e), e);
    }
  }
}
