package dev.zhixing.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.ReferenceFolder;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tokenizer.EndTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference models, written anew in Hugging Face's layout, give the logits of their GGUF files. */
class SafetensorsModelTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-F16",
        "llama-BF16",
        "llama_tied_ropefreqs-F16",
        "ernie4_5-F16",
        "qwen2-F16",
        "qwen3-F16",
        "qwen3moe-F16",
        "mixtral-F16",
        "gemma2-F16",
        "gemma3-F16",
        "gpt2-F16"
      })
  void givesTheLogitsOfTheGgufFile(String name) throws IOException {
    Path gguf = ReferenceFolder.gguf(name + ".gguf");
    float[][] expected = logits(gguf);
    write(gguf);

    float[][] found = logits(folder);

    for (int p = 0; p < expected.length; p++) {
      for (int i = 0; i < expected[p].length; i++) {
        double tolerance = 1e-3 * Math.max(1, Math.abs(expected[p][i]));
        assertThat(Math.abs(found[p][i] - expected[p][i]))
            .as("logit %d at position %d", i, p)
            .isLessThan((float) tolerance);
      }
    }
  }

  @Test
  void readsAModelInSeveralFiles() throws IOException {
    Path gguf = ReferenceFolder.gguf("qwen3-F16.gguf");
    float[][] expected = logits(gguf);
    HuggingFaceFolder.write(gguf, folder, 3);

    assertThat(logits(folder)).isDeepEqualTo(expected);
    assertThat(logits(folder.resolve("model.safetensors.index.json"))).isDeepEqualTo(expected);
    Files.delete(folder.resolve("model-2.safetensors"));
    assertThatThrownBy(() -> logits(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("model-2.safetensors: expected a readable file");
  }

  @Test
  void namesAllTokensThatEndAnAnswer() throws IOException {
    write(ReferenceFolder.gguf("llama-F16.gguf"));
    Path config = folder.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replaceFirst("\\{", "{\"eos_token_id\":[3,7],"));
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\":[7,9]}");

    try (SafetensorsModel model = SafetensorsModel.open(folder)) {
      assertThat(model.metadata().integer("tokenizer.ggml.eos_token_id")).isEqualTo(3);
      assertThat(model.metadata().integers(EndTokens.MORE_KEY)).containsExactly(3, 7, 9);
    }
  }

  @Test
  void mapsWeightsAsTheyLie() throws IOException {
    Path gguf = ReferenceFolder.gguf("llama-F16.gguf");
    write(gguf);

    try (GgufFile file = GgufFile.open(gguf);
        SafetensorsModel model = SafetensorsModel.open(folder)) {
      Tensor tensor = model.tensor("blk.1.ffn_up.weight", 256, 256);
      assertThat(tensor.toFloats())
          .containsExactly(file.tensor("blk.1.ffn_up.weight", 256, 256).toFloats());
      assertThat(model.size()).isEqualTo(Files.size(folder.resolve("model.safetensors")));
    }
  }

  @Test
  void namesAModelTypeThatIsNotSupported() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"mamba\"}");
    new SafetensorsWriter().write(folder.resolve("model.safetensors"));

    assertThatThrownBy(() -> Model.load(folder, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("config.json: key 'model_type': expected one of bert, ernie4_5")
        .hasMessageContaining("found mamba");
  }

  @Test
  void namesAMissingConfiguration() {
    new SafetensorsWriter().write(folder.resolve("model.safetensors"));

    assertThatThrownBy(() -> Model.load(folder, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("config.json: expected a readable file");
  }

  @Test
  void namesAMissingTensor() throws IOException {
    write(ReferenceFolder.gguf("qwen3-F16.gguf"));
    new SafetensorsWriter().write(folder.resolve("model.safetensors"));

    assertThatThrownBy(() -> Model.load(folder, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("token_embd.weight: expected a tensor of shape [512, 256]");
  }

  private void write(Path gguf) throws IOException {
    HuggingFaceFolder.write(gguf, folder, 1);
  }

  private static float[][] logits(Path path) {
    try (Model model = Model.load(path, 2);
        Session session = model.newSession()) {
      float[][] all = new float[ReferenceFolder.prompt().length][];
      session.append(
          ReferenceFolder.prompt(), (position, logits) -> all[position] = logits.clone());
      return all;
    }
  }
}
