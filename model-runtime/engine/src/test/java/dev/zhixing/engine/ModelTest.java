package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  @TempDir private Path folder;

  @Test
  void readsTheSizes() {
    try (Model model = Model.load(RandomModel.small(folder), 1)) {
      assertThat(model.config().architecture()).isEqualTo("llama");
      assertThat(model.config().vocabularySize()).isEqualTo(300);
      assertThat(model.config().headSize()).isEqualTo(16);
      assertThat(model.config().ropeBase()).isEqualTo(10_000);
      assertThat(model.metadata().integer("llama.block_count")).isEqualTo(2);
    }
  }

  @Test
  void refusesOtherArchitectures() {
    Path path = folder.resolve("g.gguf");
    new GgufWriter().string("general.architecture", "gemma7").write(path);

    assertThatThrownBy(() -> Model.load(path, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessage(
            "g.gguf: key 'general.architecture': expected one of llama, qwen2, qwen3, qwen3moe,"
                + " ernie4_5, phi3, gemma2, gemma3, gpt2, found 'gemma7'; it is not supported");
  }

  @Test
  void refusesHeadsThatDoNotShareEvenly() {
    Path path = folder.resolve("h.gguf");
    new GgufWriter()
        .string("general.architecture", "llama")
        .uint32("llama.embedding_length", 64)
        .uint32("llama.attention.head_count", 4)
        .uint32("llama.attention.head_count_kv", 3)
        .write(path);

    assertThatThrownBy(() -> Model.load(path, 1).close())
        .hasMessageContaining("llama.attention.head_count_kv': expected a divisor of 4, found 3");
  }

  @Test
  void refusesAModelWithoutItsTensors() {
    Path path = folder.resolve("t.gguf");
    new GgufWriter()
        .string("general.architecture", "llama")
        .uint32("llama.context_length", 8)
        .uint32("llama.embedding_length", 64)
        .uint32("llama.block_count", 1)
        .uint32("llama.feed_forward_length", 64)
        .uint32("llama.attention.head_count", 4)
        .float32("llama.attention.layer_norm_rms_epsilon", 1e-5f)
        .tensor("token_embd.weight", TensorType.F32, new float[64 * 10], 10, 64)
        .write(path);

    assertThatThrownBy(() -> Model.load(path, 1).close())
        .hasMessageContaining(
            "blk.0.attn_norm.weight: expected a tensor of shape [64], found none");
  }
}
