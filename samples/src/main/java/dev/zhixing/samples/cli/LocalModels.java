package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.models.EmbeddedModel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Models that run in this process. */
final class LocalModels implements ChatModels {

  private final Path cache;

  /** Keeps the embedded model's file under {@code cache}. */
  LocalModels(Path cache) {
    this.cache = cache;
  }

  void begin(String[] arguments) {}

  @Override
  public StreamingChatModel load(@Nullable Path gguf) {
    Path file = gguf == null ? EmbeddedModel.tiny().extractTo(cache) : gguf;
    throw new IllegalStateException("no model yet " + file);
  }
}
