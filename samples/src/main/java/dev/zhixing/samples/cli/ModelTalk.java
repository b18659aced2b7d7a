package dev.zhixing.samples.cli;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.zhixing.agent.Memory;
import dev.zhixing.chat.LocalChatResponseMetadata;
import dev.zhixing.chat.LocalTokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation with a model: what is said, what it answers, how fast. */
final class ModelTalk {

  private final StreamingChatModel model;
  private final Memory window;
  private final ChatRequestParameters parameters;
  private final Surroundings surroundings;
  private List<ChatMessage> history = new ArrayList<>();
  private volatile @Nullable Thread answering;

  ModelTalk(
      StreamingChatModel model,
      Memory window,
      @Nullable String system,
      ChatRequestParameters parameters,
      Surroundings surroundings) {
    this.model = model;
    this.window = window;
    this.parameters = parameters;
    this.surroundings = surroundings;
    if (system != null) {
      history.add(SystemMessage.from(system));
    }
  }

  /**
   * Answers each line until there are no more.
   *
   * @return whether the last answer came about
   */
  boolean run(Prompt lines, String question) {
    boolean answered = true;
    for (String line = lines.ask(question); line != null; line = lines.ask(question)) {
      if (!line.isBlank()) {
        answered = answer(line.strip());
      }
    }
    return answered;
  }

  private boolean answer(String line) {
    history = new ArrayList<>(window.recall(line, history));
    history.add(UserMessage.from(line));
    Answer answer = new Answer();
    answering = Thread.currentThread();
    ChatRequest request = ChatRequest.builder().messages(history).parameters(parameters).build();
    try {
      CtrlC.asks(this::stopAnswer, () -> model.chat(request, answer));
    } finally {
      answering = null;
      Thread.interrupted(); // it was for this answer
    }
    return answer.end();
  }

  /** Ends the answer that is being written, if there is one. */
  void stopAnswer() {
    Thread thread = answering;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Shows an answer while it comes. */
  private final class Answer implements StreamingChatResponseHandler {
    private final long begun = System.nanoTime();
    private long first;
    private boolean thinks; // the line is a thought
    private @Nullable ChatResponse complete;
    private @Nullable Throwable error;

    @Override
    public void onPartialResponse(String text) {
      first = first == 0 ? System.nanoTime() : first;
      if (thinks) {
        surroundings.out().println();
        thinks = false;
      }
      surroundings.out().print(text);
      surroundings.out().flush();
    }

    @Override
    public void onPartialThinking(PartialThinking thought) {
      first = first == 0 ? System.nanoTime() : first;
      if (surroundings.showsToPeople()) {
        surroundings.out().print(Palette.of(surroundings.colours()).dim(thought.text()));
        surroundings.out().flush();
        thinks = true;
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      complete = response;
    }

    @Override
    public void onError(Throwable why) {
      error = why;
    }

    /** Puts the answer into the history; false where there is none. */
    boolean end() {
      ChatResponse response = complete;
      if (response != null || first != 0) {
        surroundings.out().println();
        surroundings.out().flush();
      }
      if (response == null) {
        history.removeLast();
        String why =
            error == null ? "the model gave no answer" : String.valueOf(error.getMessage());
        surroundings.err().println("zhixing: " + why);
        return false;
      }
      history.add(response.aiMessage());
      if (response.tokenUsage() != null) {
        surroundings.err().println(throughput(response).inWords());
      }
      return true;
    }

    private Throughput throughput(ChatResponse response) {
      int read = orNone(response.tokenUsage().inputTokenCount());
      if (response.tokenUsage() instanceof LocalTokenUsage local) {
        read -= local.cachedTokenCount();
      }
      int written = orNone(response.tokenUsage().outputTokenCount());
      if (response.metadata() instanceof LocalChatResponseMetadata local) {
        return new Throughput(
            read, local.prefillTime().toNanos(), written, local.decodeTime().toNanos());
      }
      long end = System.nanoTime();
      long start = first == 0 ? end : first;
      return new Throughput(read, start - begun, written, end - start);
    }

    private static int orNone(@Nullable Integer count) {
      return count == null ? 0 : count;
    }
  }
}
