package dev.zhixing.chat.template;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * A chat template as model files carry it: Jinja in the dialect of Hugging Face's tokenizers
 * (blocks trimmed on both sides, {@code tojson} with its spacing, Python's methods of strings and
 * dictionaries, {@code raise_exception}, {@code strftime_now}, {@code generation}, loop controls).
 * Immutable, safe for all threads.
 *
 * <p>A template comes with a file and is not trusted: it can only make text, within {@link
 * TemplateLimits}.
 *
 * <p>Source: the Jinja 3.1 template designer documentation; the chat template documentation of
 * Hugging Face's transformers.
 */
public final class ChatTemplate {
  private static final int LONGEST = 1 << 20;

  private final List<Statement> statements;
  private final TemplateLimits limits;

  private ChatTemplate(List<Statement> statements, TemplateLimits limits) {
    this.statements = statements;
    this.limits = limits;
  }

  /**
   * Reads a template.
   *
   * @throws TemplateException if it is longer than a million characters, nests more than 200 deep,
   *     or is not in the dialect; the message names the line
   */
  public static ChatTemplate parse(String source) {
    return parse(source, TemplateLimits.standard());
  }

  /**
   * Reads a template that is to be rendered within these limits.
   *
   * @throws TemplateException as above
   */
  public static ChatTemplate parse(String source, TemplateLimits limits) {
    if (source.length() > LONGEST) {
      throw new TemplateException(
          "chat template: expected at most " + LONGEST + " characters, found " + source.length());
    }
    return new ChatTemplate(StatementParser.parse(source), limits);
  }

  /**
   * Renders the template.
   *
   * @param content variables whose strings are marked as content from elsewhere: strings, numbers,
   *     booleans, null, and lists and maps of such; {@link MarkedText} keeps its own marks
   * @param own variables whose strings are trusted like the template's own text
   * @param now what {@code strftime_now} says
   * @throws TemplateException if the template fails, does more than its limits allow, or refuses by
   *     {@code raise_exception}
   */
  public MarkedText render(Map<String, ?> content, Map<String, ?> own, LocalDateTime now) {
    Budget budget = new Budget(limits);
    Scope scope = new Scope(Globals.scope(budget, now));
    content.forEach((name, value) -> scope.set(name, Values.of(value, Text.CONTENT)));
    own.forEach((name, value) -> scope.set(name, Values.of(value, Text.OWN)));
    return new Renderer(budget).render(statements, scope);
  }
}
