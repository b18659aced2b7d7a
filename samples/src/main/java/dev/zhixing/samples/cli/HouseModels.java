package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Memory;
import dev.zhixing.models.EmbeddedModel;
import dev.zhixing.samples.remote.RemoteChatModel;
import dev.zhixing.samples.remote.RemoteLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Models of all kinds: those that run in this process, and those behind a server. */
final class HouseModels implements ChatModels {

  private final LocalModels local;
  private final @Nullable String key;

  /**
   * All models.
   *
   * @param key what remote servers are shown, or null
   */
  HouseModels(LocalModels local, @Nullable String key) {
    this.local = local;
    this.key = key == null || key.isBlank() ? null : key.strip();
  }

  @Override
  public StreamingChatModel load(ModelChoice choice) {
    return switch (choice) {
      case ModelChoice.Embedded() -> local.load(null);
      case ModelChoice.LocalFile(Path path) -> local.load(path);
      case ModelChoice.Remote(var address) ->
          new RemoteChatModel(address, key, RemoteLimits.STANDARD);
    };
  }

  @Override
  public StreamingChatModel fresh(ModelChoice choice) {
    return switch (choice) {
      case ModelChoice.Embedded() -> local.fresh(null);
      case ModelChoice.LocalFile(Path path) -> local.fresh(path);
      case ModelChoice.Remote _ -> load(choice);
    };
  }

  @Override
  public Memory window(ModelChoice choice) {
    return switch (choice) {
      case ModelChoice.Embedded() -> local.window(null);
      case ModelChoice.LocalFile(Path path) -> local.window(path);
      case ModelChoice.Remote _ -> Memory.NONE;
    };
  }

  @Override
  public void addPorts(AgentBuilder builder, ModelChoice choice) {
    switch (choice) {
      case ModelChoice.Embedded() -> local.addPorts(builder, null);
      case ModelChoice.LocalFile(Path path) -> local.addPorts(builder, path);
      case ModelChoice.Remote _ -> {}
    }
  }

  @Override
  public void await(ModelChoice choice) {
    switch (choice) {
      case ModelChoice.Embedded() -> local.await(null);
      case ModelChoice.LocalFile(Path path) -> local.await(path);
      case ModelChoice.Remote _ -> {}
    }
  }

  @Override
  public String sha256(ModelChoice choice) {
    return switch (choice) {
      case ModelChoice.Embedded() -> EmbeddedModel.tiny().sha256();
      case ModelChoice.LocalFile(Path path) -> FileDigest.sha256(path);
      case ModelChoice.Remote _ -> "";
    };
  }
}
