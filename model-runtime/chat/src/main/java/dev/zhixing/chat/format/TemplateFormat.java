package dev.zhixing.chat.format;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.chat.template.ChatTemplate;
import dev.zhixing.chat.template.MarkedText;
import dev.zhixing.chat.template.TemplateException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.tokenizer.EndTokens;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one model writes conversations: its file's chat template or a built-in one, its calls, its
 * thinking sections, the tokens that end a turn. Immutable but for what it finds out about the
 * template when that first matters; safe for all threads.
 */
public final class TemplateFormat implements TurnFormat {
  private static final String KEY = "tokenizer.chat_template";
  private static final List<String> ENDS =
      List.of(
          "<|im_end|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<end_of_turn>",
          "<|end|>",
          "<|endoftext|>",
          "</s>",
          "<｜end▁of▁sentence｜>",
          "<|end_of_sentence|>",
          "<|end_of_text|>");

  private final Tokenizer tokenizer;
  private final Spellings spellings;
  private final String sources;
  private final ChatTemplate plain;
  private final ChatTemplate withTools;
  private final CallShape shape;
  private final @Nullable Thinking thinking;
  private final int[] ends;
  private final int[] marks;
  private final int[] structure;
  private final Map<String, String> own;
  private volatile @Nullable Skills skills;

  private TemplateFormat(String source, String toolSource, Tokenizer tokenizer, int[] more) {
    this.tokenizer = tokenizer;
    this.spellings = new Spellings(tokenizer);
    this.sources = source + toolSource;
    this.plain = ChatTemplate.parse(source);
    this.withTools = toolSource.equals(source) ? plain : ChatTemplate.parse(toolSource);
    this.shape = CallShape.of(toolSource, tokenizer);
    this.thinking = Thinking.of(source, spelling -> tokenizer.special(spelling).isPresent());
    this.ends = ends(tokenizer, more);
    this.marks = marks();
    this.structure = structure(sources);
    this.own = own(tokenizer);
  }

  /**
   * The format of a model.
   *
   * @throws TemplateException if the file's template can't be read
   * @throws IllegalArgumentException if it has none and no built-in one fits its vocabulary
   */
  public static TemplateFormat of(GgufMetadata metadata, Tokenizer tokenizer) {
    String source = metadata.string(KEY, "");
    if (source.isBlank()) {
      String architecture = metadata.string("general.architecture", "");
      BuiltInTemplate builtIn = BuiltInTemplate.of(architecture, tokenizer);
      if (builtIn == null) {
        throw new IllegalArgumentException(
            "model: expected a conversation format: a chat template under the key "
                + KEY
                + ", or the special tokens of a known family; found neither; is it a base model?"
                + " use 'run' to continue a text");
      }
      source = builtIn.source();
    }
    return new TemplateFormat(
        source,
        metadata.string(KEY + ".tool_use", source),
        tokenizer,
        EndTokens.of(metadata, tokenizer));
  }

  /** The format that a template's text gives. */
  public static TemplateFormat of(String template, Tokenizer tokenizer) {
    return new TemplateFormat(template, template, tokenizer, new int[0]);
  }

  private static int[] ends(Tokenizer tokenizer, int[] more) {
    Set<Integer> found = new LinkedHashSet<>();
    tokenizer.eos().ifPresent(found::add);
    for (int id : more) {
      if (id >= 0 && id < tokenizer.size()) {
        found.add(id);
      }
    }
    ENDS.forEach(spelling -> tokenizer.special(spelling).ifPresent(found::add));
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The special tokens that calls and thinking sections are made of. */
  private int[] marks() {
    String written =
        shape.trigger()
            + shape.open()
            + shape.before()
            + shape.between()
            + shape.after()
            + shape.separator()
            + shape.close();
    return spellings.in(thinking == null ? written : written + thinking.open() + thinking.close());
  }

  /** Those of a template's special tokens that only it writes. */
  private int[] structure(String source) {
    Set<Integer> allowed = new LinkedHashSet<>();
    Arrays.stream(ends).forEach(allowed::add);
    Arrays.stream(marks).forEach(allowed::add);
    return Arrays.stream(spellings.in(source)).filter(id -> !allowed.contains(id)).toArray();
  }

  private static Map<String, String> own(Tokenizer tokenizer) {
    Map<String, String> own = new HashMap<>();
    tokenizer.bos().ifPresent(id -> own.put("bos_token", tokenizer.decode(id)));
    tokenizer.eos().ifPresent(id -> own.put("eos_token", tokenizer.decode(id)));
    own.putIfAbsent("bos_token", "");
    own.putIfAbsent("eos_token", "");
    return own;
  }

  /** The text of its templates, which tells it from other formats of the same model. */
  public String sources() {
    return sources;
  }

  @Override
  public CallShape shape() {
    return shape;
  }

  @Override
  public @Nullable Thinking thinking() {
    return thinking;
  }

  @Override
  public Spellings spellings() {
    return spellings;
  }

  @Override
  public int[] ends() {
    return ends;
  }

  @Override
  public int[] markTokens() {
    return marks;
  }

  @Override
  public int[] structure() {
    return structure;
  }

  @Override
  public boolean speaksBeforeCalls() {
    return false;
  }

  /**
   * A conversation's text.
   *
   * @param tools JSON Schema of the tools on offer, as {@code {"type": "function", …}}
   * @param asks whether it ends with the cue after which the assistant speaks
   * @param thinks whether the assistant is to think; null leaves it to the template
   * @throws TemplateException if the template refuses or fails
   * @throws IllegalArgumentException for content that is not text
   */
  public MarkedText render(
      List<ChatMessage> messages,
      List<Map<String, Object>> tools,
      boolean asks,
      @Nullable Boolean thinks) {
    boolean needsSkills = !tools.isEmpty() || messages.stream().anyMatch(TemplateFormat::isSpecial);
    Skills known = needsSkills ? skills() : Skills.ALL;
    List<Map<String, Object>> turns = Turns.of(messages, tools, known, shape);
    return renderTurns(turns, known.hasTools() ? tools : List.of(), asks, thinks);
  }

  private static boolean isSpecial(ChatMessage message) {
    return !(message instanceof UserMessage)
        && !(message instanceof AiMessage ai && !ai.hasToolExecutionRequests());
  }

  private MarkedText renderTurns(
      List<Map<String, Object>> turns,
      List<Map<String, Object>> tools,
      boolean asks,
      @Nullable Boolean thinks) {
    Map<String, Object> content = new HashMap<>();
    content.put("messages", turns);
    content.put("add_generation_prompt", asks);
    if (!tools.isEmpty()) {
      content.put("tools", tools);
    }
    if (thinks != null) {
      content.put("enable_thinking", thinks);
    }
    return (tools.isEmpty() ? plain : withTools)
        .render(content, own, LocalDateTime.now(ZoneId.systemDefault()));
  }

  /** The tokens of a rendered text, from a boundary of special tokens. */
  public int[] encode(MarkedText text) {
    return spellings.encode(text);
  }

  /** The tokens of a text from its beginning: with the begin token where the model wants one. */
  public int[] encodeStart(MarkedText text) {
    int[] ids = spellings.encode(text);
    OptionalInt bos = tokenizer.bos();
    if (!tokenizer.addBos() || bos.isEmpty() || (ids.length > 0 && ids[0] == bos.getAsInt())) {
      return ids;
    }
    int[] all = new int[ids.length + 1];
    all[0] = bos.getAsInt();
    System.arraycopy(ids, 0, all, 1, ids.length);
    return all;
  }

  /** What the template can say, found out by trying it once. */
  private Skills skills() {
    Skills known = skills;
    if (known == null) {
      known = Skills.of((turns, tools) -> renderTurns(turns, tools, true, null).text());
      skills = known;
    }
    return known;
  }

  /** A call and its result, to try a template with. */
  static List<ChatMessage> trial() {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder()
            .id("abcdefghi")
            .name("zxtool")
            .arguments("{\"zxa\":1}")
            .build();
    return List.of(
        UserMessage.from("zxuser"),
        AiMessage.from(call),
        ToolExecutionResultMessage.from(call, "zxresult"));
  }
}
