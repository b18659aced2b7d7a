package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.kernel.RandomBlocks;
import dev.zhixing.engine.onnx.OnnxBytes;
import dev.zhixing.engine.safetensors.HuggingFaceFolder;
import dev.zhixing.engine.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes the sound files that fuzzing begins with: {@code sound-*} in a folder for each target. To
 * be run when a format or family is added; the argument is the folder of the corpora.
 */
final class SoundFiles {
  private final Path corpora;
  private final SplittableRandom random = new SplittableRandom(20261130);

  private SoundFiles(Path corpora) {
    this.corpora = corpora;
  }

  public static void main(String[] args) {
    SoundFiles files = new SoundFiles(Path.of(args[0]));
    files.types();
    files.models();
    files.vocabularies();
    files.onnx();
  }

  private void types() {
    for (TensorType type : TensorType.values()) {
      byte[] blocks = RandomBlocks.of(type, type.blockSize(), random);
      gguf(
          "GgufFuzz",
          type.name(),
          new GgufWriter().tensor("w", type, (from, n, to) -> to.put(blocks), 1, type.blockSize()));
    }
  }

  private void models() {
    for (String family : SoundModel.FAMILIES) {
      SoundModel model = new SoundModel(family, random);
      GgufWriter gguf = model.gguf();
      gguf("GgufFuzz", family, gguf);
      if (!family.equals("phi3") && !family.equals("bert")) {
        folder(family, gguf);
      }
    }
  }

  /** The same model in Hugging Face's layout, as one input. */
  private void folder(String family, GgufWriter gguf) {
    try {
      Path folder = Files.createTempDirectory("zhixing-sound-");
      Path file = folder.resolve("model.gguf");
      gguf.write(file);
      HuggingFaceFolder.write(file, folder, 1);
      ByteBuffer weights =
          ByteBuffer.wrap(Files.readAllBytes(folder.resolve("model.safetensors")))
              .order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[(int) weights.getLong()];
      byte[] numbers = new byte[weights.get(header).remaining()];
      weights.get(numbers);
      ByteArrayOutputStream input = new ByteArrayOutputStream();
      input.writeBytes(Files.readAllBytes(folder.resolve("config.json")));
      input.writeBytes(new byte[] {0x1e, 0x1e, 0x1e, 0x1e});
      input.writeBytes(header);
      input.write('\n');
      input.writeBytes(numbers);
      Files.write(path("SafetensorsFuzz", family), input.toByteArray());
      for (String name : List.of("model.gguf", "config.json", "model.safetensors")) {
        Files.delete(folder.resolve(name));
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void vocabularies() {
    gguf("VocabularyFuzz", "bytes", SoundVocabularies.bytePairs("gpt-2"));
    gguf("VocabularyFuzz", "bytes-whole", SoundVocabularies.bytePairs("llama-bpe"));
    gguf("VocabularyFuzz", "pieces", SoundVocabularies.pieces(true));
    gguf("VocabularyFuzz", "words", SoundVocabularies.words());
  }

  /** An encoder of one layer as PyTorch exports it: matrices are turned and have no names. */
  private void onnx() {
    OnnxBytes graph = new OnnxBytes();
    for (String table : List.of("word", "position", "token_type")) {
      graph.message(5, numbers("embeddings." + table + "_embeddings.weight", 3, 4));
    }
    norm(graph, "embeddings.LayerNorm");
    String layer = "encoder.layer.0.";
    for (String part :
        List.of(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "intermediate.dense",
            "output.dense")) {
      String path = "/" + (layer + part).replace('.', '/').replace("layer/0", "layer.0");
      graph.message(5, numbers(part, 4, 4)).message(5, numbers(layer + part + ".bias", 4));
      graph.message(1, OnnxBytes.node(path + "/MatMul", "MatMul", "x", part));
    }
    norm(graph, layer + "attention.output.LayerNorm");
    norm(graph, layer + "output.LayerNorm");
    try {
      Files.write(path("OnnxFuzz", "encoder"), OnnxBytes.model(graph));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void norm(OnnxBytes graph, String name) {
    graph.message(5, numbers(name + ".weight", 4)).message(5, numbers(name + ".bias", 4));
  }

  private OnnxBytes numbers(String name, long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return OnnxBytes.tensor(name, values, shape);
  }

  private void gguf(String target, String name, GgufWriter writer) {
    writer.write(path(target, name));
  }

  private Path path(String target, String name) {
    try {
      return Files.createDirectories(corpora.resolve(target)).resolve("sound-" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
