package dev.zhixing.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.service.output.JsonSchemas;
import dev.zhixing.agent.prompt.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets a planner finish as it does, then asks the model for its answer once more, as JSON of a
 * type's schema. A reply that cannot be read is shown to the model with what is wrong with it, a
 * few times; a local model's grammar leaves no such reply.
 */
final class TypedAnswer<T> implements Planner {
  private static final int ATTEMPTS = 3;
  private static final Prompts PROMPTS = Prompts.of(TypedAnswer.class);
  private static final JsonMapper JSON = JsonMapper.builder().findAndAddModules().build();

  private final Planner planner;
  private final Class<T> type;
  private final ReplyForm.Json form;

  TypedAnswer(Planner planner, Class<T> type) {
    this.planner = planner;
    this.type = type;
    JsonSchema schema =
        JsonSchemas.jsonSchemaFrom(type)
            .filter(found -> found.rootElement() instanceof JsonObjectSchema)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        type.getName()
                            + ": expected a record or class with properties, found none that a"
                            + " JSON schema can describe"));
    form =
        new ReplyForm.Json(
            ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(schema).build(),
            false);
  }

  /** What the answer looks like. */
  ReplyForm.Json form() {
    return form;
  }

  /**
   * Checks that a run which began as {@code begun} is to give an answer of this type.
   *
   * @throws IllegalArgumentException if it is to give another, or text
   */
  void checkIsAnswerOf(JournalEntry.Begun begun) {
    ReplyForm.Json other = begun.answer();
    if (other == null) {
      throw new IllegalArgumentException(
          "run %s: expected a run that began with a type of its answer, found one that answers with text; go on with it without %s"
              .formatted(begun.run(), type.getName()));
    }
    if (!form.equals(other)) {
      throw new IllegalArgumentException(
          "run %s: expected the type of answer that it began with, of the schema %s, found %s of the schema %s"
              .formatted(begun.run(), schema(other), type.getName(), schema(form)));
    }
  }

  /** The answer of a run that this planner led, or the partial one. */
  TypedResult<T> of(RunResult result) {
    return switch (result) {
      case RunResult.Answered answered -> answer(answered);
      case RunResult.OutOfBudget spent -> partial(spent);
      case RunResult.Refused _,
          RunResult.NeedsApproval _,
          RunResult.Cancelled _,
          RunResult.Failed _ ->
          new TypedResult<>(result, Optional.empty());
    };
  }

  private TypedResult<T> answer(RunResult.Answered answered) {
    String json = answered.text();
    try {
      return new TypedResult<>(answered, Optional.of(read(json)));
    } catch (JsonProcessingException e) {
      String reason = "expected JSON for %s, found %s".formatted(type.getSimpleName(), json);
      return new TypedResult<>(new RunResult.Failed(answered.run(), reason, e), Optional.empty());
    }
  }

  private TypedResult<T> partial(RunResult.OutOfBudget spent) {
    try {
      return new TypedResult<>(spent, Optional.of(read(spent.text())));
    } catch (JsonProcessingException e) {
      return new TypedResult<>(spent, Optional.empty()); // a piece of JSON, or plain words
    }
  }

  private T read(String json) throws JsonProcessingException {
    return Objects.requireNonNull(JSON.readValue(json, type), "null is no answer");
  }

  @Override
  public Action next(Run run) {
    List<Step> asked = run.steps().stream().filter(this::isOurs).toList();
    if (!asked.isEmpty()) {
      return check(run, asked);
    }
    Action action = planner.next(run);
    return action instanceof Action.Finish(String answer) && !answer.isBlank()
        ? ask(run, List.of(AiMessage.from(answer), UserMessage.from(request(run))))
        : action;
  }

  private boolean isOurs(Step step) {
    return step.action() instanceof Action.AskModel ask && form.equals(ask.form());
  }

  private Action check(Run run, List<Step> asked) {
    AiMessage reply = asked.getLast().reply().orElseThrow();
    String json = reply.text() == null ? "" : reply.text();
    if (run.hasLost(json) && asked.size() < ATTEMPTS) {
      return asked.getLast().action(); // again: what is left is not what the model said
    }
    Optional<String> fault = fault(json);
    if (fault.isEmpty() || asked.size() == ATTEMPTS) {
      return new Action.Finish(json);
    }
    List<ChatMessage> more =
        new ArrayList<>(((Action.AskModel) asked.getLast().action()).messages());
    more.add(reply);
    more.add(UserMessage.from(fault.get() + "\n\n" + request(run)));
    return new Action.AskModel(more, List.of(), form.format());
  }

  private Action ask(Run run, List<ChatMessage> further) {
    List<ChatMessage> messages = new ArrayList<>(run.messages());
    if (messages.getLast() instanceof AiMessage) {
      messages.removeLast(); // the answer, or what it was made of
    }
    messages.addAll(further);
    return new Action.AskModel(messages, List.of(), form.format());
  }

  private Optional<String> fault(String json) {
    try {
      read(json);
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(e.getOriginalMessage());
    }
  }

  /** Says what is wanted, in the language of the request. */
  private String request(Run run) {
    return PROMPTS.text("typed-answer-v1", run.request(), Map.of("schema", schema(form)));
  }

  private static String schema(ReplyForm.Json form) {
    ToolSpecification holder =
        ToolSpecification.builder()
            .name("answer")
            .parameters((JsonObjectSchema) form.format().jsonSchema().rootElement())
            .build();
    return Arguments.parse(holder.toJson()).path("parameters").toString();
  }
}
