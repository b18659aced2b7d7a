package dev.zhixing.agent.redaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.zhixing.agent.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what goes into a journal: keys that are known by how they look, and values
 * that follow a name such as password, in JSON and in any other text. A {@link
 * RecordedCall#redacted mark} stands in their place. Immutable.
 *
 * <p>It errs on the side of too much. Secrets that neither look like one nor are called so stay.
 */
public final class Redaction {
  private static final Redaction STANDARD =
      new Redaction(
          List.of(
              new KnownKeys(),
              new KeyBlocks(),
              new UrlSecrets(),
              new Logins(),
              SecretShapes.standard()),
          SecretNames.standard());

  private final List<SecretFinder> finders;
  private final SecretNames names;

  private Redaction(List<SecretFinder> finders, SecretNames names) {
    this.finders = List.copyOf(finders);
    this.names = names;
  }

  /**
   * Keys of well-known services, bearer tokens, private keys, passwords in URLs and hashed ones;
   * the values of what is called password, secret, token, api_key and so on, whatever words stand
   * before, in JSON, YAML, XML, CSV, headers, queries, options of commands and prose.
   */
  public static Redaction standard() {
    return STANDARD;
  }

  /** Takes out nothing: for runs that are known to hold no secrets. */
  public static Redaction none() {
    return new Redaction(List.of(), SecretNames.none());
  }

  /** The same, and what {@code pattern} finds: its first group if it has one, else all of it. */
  public Redaction and(Pattern pattern) {
    List<SecretFinder> more = new ArrayList<>(finders);
    more.add(SecretShapes.of(pattern));
    return new Redaction(more, names);
  }

  /**
   * The same, and the values of what is called {@code name}, whatever words stand before; case, -
   * and _ do not matter.
   */
  public Redaction andProperty(String name) {
    return new Redaction(finders, names.and(name));
  }

  /** {@code text} without secrets. Safe for all threads. */
  public String text(String text) {
    Marks marks = new Marks();
    marks.keep(text);
    return text(text, marks);
  }

  /** {@code entry} without secrets, in its names too; it may be changed. Safe for all threads. */
  public JsonNode of(JsonNode entry) {
    Marks marks = new Marks();
    keep(entry, marks);
    return json(marks).without(entry);
  }

  private static void keep(JsonNode node, Marks marks) {
    switch (node) {
      case TextNode text -> marks.keep(text.textValue());
      case ArrayNode list -> list.forEach(element -> keep(element, marks));
      case ObjectNode object ->
          object
              .properties()
              .forEach(
                  property -> {
                    marks.keep(property.getKey());
                    keep(property.getValue(), marks);
                  });
      default -> {}
    }
  }

  private JsonSecrets json(Marks marks) {
    return new JsonSecrets(names, text -> text(text, marks), marks);
  }

  private String text(String text, Marks marks) {
    if (JsonSecrets.mayBe(text)) {
      try {
        return json(marks).without(text);
      } catch (JsonProcessingException e) {
        // it only begins like JSON: then it is a text as any other
      }
    }
    Spans found = new Spans();
    finders.forEach(finder -> finder.find(text, found));
    new NamedValues(names).find(text, found);
    new Columns(names).find(text, found);
    return found.without(text, marks);
  }
}
