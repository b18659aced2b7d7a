package dev.zhixing.samples.cli;

import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.safetensors.SafetensorsModel;
import java.nio.file.Path;

/** Opens model files of every format. */
final class ModelFiles {

  /** What a command's option for the model says. */
  static final String DESCRIPTION =
      "A GGUF file, or a folder in Hugging Face's layout (safetensors).";

  private ModelFiles() {}

  static ModelFile open(Path path) {
    return SafetensorsModel.reads(path) ? SafetensorsModel.open(path) : GgufFile.open(path);
  }
}
