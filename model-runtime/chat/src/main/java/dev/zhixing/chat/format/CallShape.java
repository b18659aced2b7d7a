package dev.zhixing.chat.format;

import dev.zhixing.engine.tokenizer.Tokenizer;

/**
 * How a family writes tool calls: {@code trigger open (before NAME between ARGUMENTS after)
 * separator (…) close}. Any part may hold special tokens by their spelling.
 *
 * @param trigger what begins calls; text before it is free
 * @param atStart whether the trigger means a call only where nothing else was said before it
 * @param open what follows the trigger
 * @param before what a call begins with
 * @param between what stands between the tool's name and its arguments, never empty unless the
 *     arguments' brace parts them
 * @param after what a call ends with
 * @param separator what stands between two calls; empty where there is nothing
 * @param most most calls in one turn
 * @param close what ends the calls
 * @param arguments how arguments are written
 */
public record CallShape(
    String trigger,
    boolean atStart,
    String open,
    String before,
    String between,
    String after,
    String separator,
    int most,
    String close,
    Arguments arguments) {

  /** How arguments are written. */
  public enum Arguments {
    /** As a JSON object. */
    JSON,
    /** As keyword arguments in Python, up to a parenthesis. */
    PYTHON
  }

  private static final int MOST = 16;

  /** A shape with arguments in JSON. */
  public CallShape(
      String trigger,
      boolean atStart,
      String open,
      String before,
      String between,
      String after,
      String separator,
      int most,
      String close) {
    this(trigger, atStart, open, before, between, after, separator, most, close, Arguments.JSON);
  }

  /** The models of this project: a token before each name. */
  public static final CallShape ZHIXING =
      new CallShape("<|call|>", false, "", "", "", "", "<|call|>", MOST, "");

  /** Qwen, Hermes, ERNIE: {@code <tool_call>} around JSON. */
  public static final CallShape HERMES =
      new CallShape(
          "<tool_call>",
          false,
          "",
          "\n{\"name\": \"",
          "\", \"arguments\": ",
          "}\n</tool_call>",
          "\n<tool_call>",
          MOST,
          "");

  /** Llama 3 and whoever is asked for plain JSON: one object instead of a text. */
  public static final CallShape BARE_JSON =
      new CallShape("{", true, "", "\"name\": \"", "\", \"parameters\": ", "}", "", 1, "");

  /** Llama 3 with {@code <|python_tag|>} before the object. */
  public static final CallShape PYTHON_TAG =
      new CallShape(
          "<|python_tag|>",
          false,
          "",
          "{\"name\": \"",
          "\", \"parameters\": ",
          "}",
          "; ",
          MOST,
          "");

  /** Mistral up to its third tokenizer: {@code [TOOL_CALLS]} and a JSON array. */
  public static final CallShape MISTRAL =
      new CallShape(
          "[TOOL_CALLS]",
          false,
          " [",
          "{\"name\": \"",
          "\", \"arguments\": ",
          "}",
          ", ",
          MOST,
          "]");

  /** Newer Mistral: {@code [TOOL_CALLS]} before each name. */
  public static final CallShape MISTRAL_NAMED =
      new CallShape("[TOOL_CALLS]", false, "", "", "", "", "[TOOL_CALLS]", MOST, "");

  /** Newest Mistral: {@code [ARGS]} behind the name, too. */
  public static final CallShape MISTRAL_ARGS =
      new CallShape("[TOOL_CALLS]", false, "", "", "[ARGS]", "", "[TOOL_CALLS]", MOST, "");

  /** Phi-4: {@code <|tool_call|>} around a JSON array. */
  public static final CallShape PHI =
      new CallShape(
          "<|tool_call|>",
          false,
          "[",
          "{\"name\": \"",
          "\", \"arguments\": ",
          "}",
          ", ",
          MOST,
          "]<|/tool_call|>");

  /** DeepSeek V3 and R1: the arguments in a block of code. */
  public static final CallShape DEEPSEEK =
      new CallShape(
          "<｜tool▁calls▁begin｜>",
          false,
          "",
          "<｜tool▁call▁begin｜>function<｜tool▁sep｜>",
          "\n```json\n",
          "\n```<｜tool▁call▁end｜>",
          "\n",
          MOST,
          "<｜tool▁calls▁end｜>");

  /** DeepSeek V3.1: the arguments as they are. */
  public static final CallShape DEEPSEEK_PLAIN =
      new CallShape(
          "<｜tool▁calls▁begin｜>",
          false,
          "",
          "<｜tool▁call▁begin｜>",
          "<｜tool▁sep｜>",
          "<｜tool▁call▁end｜>",
          "",
          MOST,
          "<｜tool▁calls▁end｜>");

  /** Gemma asked in its own words: JSON in a block named {@code tool_code}. */
  public static final CallShape TOOL_CODE =
      new CallShape(
          "```tool_code\n",
          false,
          "",
          "{\"name\": \"",
          "\", \"parameters\": ",
          "}\n",
          "",
          MOST,
          "```");

  /**
   * Gemma 3 as it was taught: a call in Python, a line each, in a block named {@code tool_code}.
   */
  public static final CallShape TOOL_CODE_PYTHON =
      new CallShape("```tool_code\n", false, "", "", "(", ")\n", "", MOST, "```", Arguments.PYTHON);

  /** Arguments in JSON as this shape writes them. */
  public String written(String json) {
    return switch (arguments) {
      case JSON -> json;
      case PYTHON -> PythonArguments.ofJson(json);
    };
  }

  /** The shape that a template speaks of; plain JSON where it speaks of none. */
  static CallShape of(String template, Tokenizer tokenizer) {
    if (template.contains("<tool_call>")) {
      return HERMES;
    }
    if (template.contains("[TOOL_CALLS]")) {
      return template.contains("[ARGS]")
          ? MISTRAL_ARGS
          : template.contains("[{") || template.contains("\"[\"") || template.contains("'['")
              ? MISTRAL
              : template.contains("\"name\"") ? MISTRAL : MISTRAL_NAMED;
    }
    if (template.contains("<｜tool▁calls▁begin｜>")) {
      return template.contains("```json") ? DEEPSEEK : DEEPSEEK_PLAIN;
    }
    if (template.contains("<|tool_call|>")) {
      return PHI;
    }
    if (template.contains("tool_code")) {
      boolean isJson = template.contains("\"name\":") || template.contains("\\\"name\\\":");
      return isJson ? TOOL_CODE : TOOL_CODE_PYTHON;
    }
    boolean isTagged =
        template.contains("<|python_tag|>")
            && !template.contains("\"parameters\": ")
            && tokenizer.special("<|python_tag|>").isPresent();
    return isTagged ? PYTHON_TAG : BARE_JSON;
  }
}
