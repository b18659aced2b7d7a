package dev.zhixing.agent.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prompts in files beside a class, one for each language: {@code plan-v1.en.txt} and {@code
 * plan-v1.zh.txt}. The version is part of the name: a prompt that is changed in what it asks for
 * gets a new one, so that recorded runs can be told apart. {@code {{name}}} stands for a value.
 * Safe for all threads.
 */
public final class Prompts {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final Class<?> owner;
  private final Map<String, String> read = new ConcurrentHashMap<>();

  private Prompts(Class<?> owner) {
    this.owner = owner;
  }

  /** The prompts beside {@code owner}. */
  public static Prompts of(Class<?> owner) {
    return new Prompts(owner);
  }

  /**
   * A prompt in the language of {@code words}, with its values; what stands in a value is never
   * replaced itself.
   *
   * @param name the file's name with its version, without language and ending
   * @throws IllegalArgumentException if there is no such prompt, or a value is missing
   */
  public String text(String name, String words, Map<String, String> values) {
    String file = name + (isChinese(words) ? ".zh.txt" : ".en.txt");
    String template = read.computeIfAbsent(file, this::read);
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalArgumentException(
                    "prompt %s: expected a value for %s, found %s"
                        .formatted(file, place.group(1), values.keySet()));
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** Whether {@code text} is in Chinese: it has a Chinese character. */
  public static boolean isChinese(String text) {
    return text.codePoints().anyMatch(c -> UnicodeScript.of(c) == UnicodeScript.HAN);
  }

  private String read(String file) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "prompt %s: expected a file beside %s, found none".formatted(file, owner.getName()));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
