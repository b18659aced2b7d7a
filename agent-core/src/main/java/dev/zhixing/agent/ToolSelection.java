package dev.zhixing.agent;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Offers the tools of a large set whose descriptions are nearest in meaning to a request. A
 * description is embedded once. Safe for all threads if the model is.
 */
final class ToolSelection {
  private final EmbeddingModel model;
  private final int most;
  private final Map<String, Embedding> known = new ConcurrentHashMap<>();

  ToolSelection(EmbeddingModel model, int most) {
    this.model = model;
    this.most = most;
  }

  /** Returns at most so many of {@code tools}, in their order. */
  Map<String, Tool> of(Map<String, Tool> tools, String request) {
    if (tools.size() <= most) {
      return tools;
    }
    learn(tools.values());
    Embedding question = model.embed(request).content();
    Map<String, Double> nearness = new HashMap<>();
    tools.forEach(
        (name, tool) -> nearness.put(name, CosineSimilarity.between(question, embedding(tool))));
    List<String> best =
        tools.keySet().stream()
            .sorted(Comparator.comparing((String name) -> nearness.get(name)).reversed())
            .limit(most)
            .toList();
    Map<String, Tool> selected = new LinkedHashMap<>(tools);
    selected.keySet().retainAll(best);
    return selected;
  }

  private void learn(Iterable<Tool> tools) {
    List<TextSegment> unknown = new ArrayList<>();
    for (Tool tool : tools) {
      if (!known.containsKey(text(tool))) {
        unknown.add(TextSegment.from(text(tool)));
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    List<Embedding> embeddings = model.embedAll(unknown).content();
    for (int i = 0; i < unknown.size(); i++) {
      known.put(unknown.get(i).text(), embeddings.get(i));
    }
  }

  private Embedding embedding(Tool tool) {
    return known.computeIfAbsent(text(tool), text -> model.embed(text).content());
  }

  private static String text(Tool tool) {
    String name = tool.specification().name().replace('_', ' ');
    String description = tool.specification().description();
    return description == null ? name : name + ": " + description;
  }
}
