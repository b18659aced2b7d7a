package dev.zhixing.agent;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;

/** What a planner wants a model's reply to look like. */
public sealed interface ReplyForm {

  /** Text, or tool calls. */
  record Text() implements ReplyForm {}

  /**
   * JSON of a schema.
   *
   * @param wherePossible whether models that don't say that they can keep to a schema are asked
   *     without it: they know it only from the messages, so a reply may still be anything
   */
  record Json(ResponseFormat format, boolean wherePossible) implements ReplyForm {

    /** JSON of {@code schema}, where the model can keep to it. */
    public static Json wherePossible(JsonSchema schema) {
      return new Json(
          ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(schema).build(), true);
    }
  }

  /**
   * Several replies to the same messages, see {@link BranchingModel}.
   *
   * @param count 1 or more
   */
  record Branches(int count) implements ReplyForm {
    public Branches {
      if (count < 1) {
        throw new IllegalArgumentException("branches: expected at least 1, found " + count);
      }
    }
  }

  /**
   * One of these, with the probability of each, see {@link OptionScorer}. The reply's text is the
   * likeliest; {@link OptionScores#of} reads the probabilities from it.
   *
   * @param options two or more, all different
   */
  record OneOf(List<String> options) implements ReplyForm {
    public OneOf {
      options = List.copyOf(options);
      OptionScores.check(options);
    }
  }
}
