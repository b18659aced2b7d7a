package dev.zhixing.agent.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.zhixing.agent.RecordedCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what goes into a journal: what a pattern finds in any text, and the values
 * of properties with certain names in JSON, such as a tool's arguments and results. {@link
 * RecordedCall#REDACTED} stands in their place. Immutable.
 */
public final class Redaction {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Where a pattern has a group, only that is taken out. */
  private static final List<String> PATTERNS =
      List.of(
          "\\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,}", // OpenAI, Anthropic, Stripe and their like
          "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", // AWS access keys
          "\\bgh[pousr]_[A-Za-z0-9]{20,}", // GitHub
          "\\bgithub_pat_[A-Za-z0-9_]{20,}",
          "\\bglpat-[A-Za-z0-9_-]{20,}", // GitLab
          "\\bhf_[A-Za-z0-9]{20,}", // Hugging Face
          "\\bAIza[0-9A-Za-z_-]{35}", // Google
          "\\bxox[abeoprs]-[A-Za-z0-9-]{10,}", // Slack
          "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", // JWT
          "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)",
          "(?i)\\b(?:bearer|basic)\\s+([A-Za-z0-9._~+/=-]{8,})",
          "://[^/\\s:@]+:([^/\\s@]+)@", // the password of a URL
          "(?i)\\b(?:password|passwd|pwd|passphrase|secret|api[ _-]?key|access[ _-]?token)"
              + "\\s*(?:=|:|\\bis\\b)\\s*[\"']?([^\\s\"',;]+)",
          "(?:密码|口令|密钥)\\s*(?:=|:|：|是|为)\\s*[\"'“]?([^\\s\"'”，。；,;]+)");

  private static final Set<String> PROPERTIES =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "passcode",
          "pin",
          "cvv",
          "secret",
          "clientsecret",
          "apikey",
          "token",
          "accesstoken",
          "refreshtoken",
          "idtoken",
          "authtoken",
          "authorization",
          "privatekey",
          "secretkey",
          "credential",
          "credentials",
          "cookie",
          "密码",
          "口令",
          "密钥");

  private final List<Pattern> patterns;
  private final Set<String> properties;

  private Redaction(List<Pattern> patterns, Set<String> properties) {
    this.patterns = List.copyOf(patterns);
    this.properties = Set.copyOf(properties);
  }

  /**
   * Keys of well-known services, bearer tokens, private keys, passwords in URLs and after the word;
   * the values of properties that are called password, secret, token, api_key and so on.
   */
  public static Redaction standard() {
    return new Redaction(PATTERNS.stream().map(Pattern::compile).toList(), PROPERTIES);
  }

  /** Takes out nothing: for runs that are known to hold no secrets. */
  public static Redaction none() {
    return new Redaction(List.of(), Set.of());
  }

  /** The same, and what {@code pattern} finds: its first group if it has one, else all of it. */
  public Redaction and(Pattern pattern) {
    List<Pattern> more = new ArrayList<>(patterns);
    more.add(pattern);
    return new Redaction(more, properties);
  }

  /** The same, and the values of properties called {@code name}; case, - and _ do not matter. */
  public Redaction andProperty(String name) {
    Set<String> more = new HashSet<>(properties);
    more.add(plain(name));
    return new Redaction(patterns, more);
  }

  /** {@code text} without secrets. */
  String text(String text) {
    return json(text, plainText(text));
  }

  /** {@code node} without secrets in its texts; the names of its own properties do not matter. */
  JsonNode of(JsonNode node) {
    return within(node, false);
  }

  private String plainText(String text) {
    String left = text;
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(left);
      StringBuilder without = new StringBuilder();
      int end = 0;
      while (matcher.find()) {
        int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
        without.append(left, end, matcher.start(group)).append(RecordedCall.REDACTED);
        end = matcher.end(group);
      }
      left = without.append(left, end, left.length()).toString();
    }
    return left;
  }

  /** {@code text} as JSON without secrets if it is an object or a list, else {@code otherwise}. */
  private String json(String text, String otherwise) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return otherwise;
    }
    try {
      JsonNode node = JSON.readTree(text);
      JsonNode clean = within(node.deepCopy(), true);
      return clean.equals(node) ? text : JSON.writeValueAsString(clean);
    } catch (JsonProcessingException e) {
      return otherwise;
    }
  }

  private JsonNode within(JsonNode node, boolean byName) {
    switch (node) {
      case TextNode text -> {
        return new TextNode(text(text.textValue()));
      }
      case ArrayNode list -> {
        for (int i = 0; i < list.size(); i++) {
          list.set(i, within(list.get(i), byName));
        }
      }
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
          boolean secret = byName && properties.contains(plain(property.getKey()));
          property.setValue(
              secret && !property.getValue().isNull()
                  ? new TextNode(RecordedCall.REDACTED)
                  : within(property.getValue(), byName));
        }
      }
      default -> {}
    }
    return node;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
  }
}
