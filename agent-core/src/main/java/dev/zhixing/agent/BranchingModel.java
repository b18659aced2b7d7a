package dev.zhixing.agent;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Forks a run: several continuations of one request. A local model reads the request once and
 * decodes the continuations in one batch; a remote one is asked again.
 */
@FunctionalInterface
public interface BranchingModel {

  /**
   * Continues {@code request} several times, each by chance otherwise where the model's sampling
   * lets it. An interrupt of the calling thread ends it soon.
   *
   * @param branches 1 or more
   * @return as many responses
   * @throws RuntimeException whatever the model throws
   */
  List<ChatResponse> fork(ChatRequest request, int branches);

  /** Asks any chat model as many times, at once. The request should leave something to chance. */
  static BranchingModel askingAgain(ChatModel model) {
    return (request, branches) -> {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<ChatResponse>> futures = new ArrayList<>();
        for (int i = 0; i < branches; i++) {
          futures.add(threads.submit(() -> model.chat(request)));
        }
        List<ChatResponse> responses = new ArrayList<>();
        for (Future<ChatResponse> future : futures) {
          responses.add(result(future, threads));
        }
        return responses;
      }
    };
  }

  private static ChatResponse result(Future<ChatResponse> future, ExecutorService threads) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("fork: interrupted while the model replied", e);
    } catch (ExecutionException e) {
      threads.shutdownNow();
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("fork: " + e.getCause(), e.getCause());
    }
  }
}
