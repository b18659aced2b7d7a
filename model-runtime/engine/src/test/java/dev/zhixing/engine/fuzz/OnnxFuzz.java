package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.onnx.OnnxBert;
import dev.zhixing.engine.onnx.OnnxException;
import dev.zhixing.engine.onnx.OnnxFile;
import dev.zhixing.engine.onnx.OnnxTensor;
import java.nio.ByteBuffer;

/** ONNX files, and the weights of an encoder in them. */
public final class OnnxFuzz {
  private static final String NAME = "hostile.onnx";

  private OnnxFuzz() {}

  /** Reads an input. */
  public static void fuzzerTestOneInput(byte[] input) {
    isTaken(input);
  }

  static boolean isTaken(byte[] input) {
    return HostileInput.isTaken(
        OnnxException.class,
        NAME,
        input.length,
        () -> {
          OnnxFile file = OnnxFile.read(NAME, ByteBuffer.wrap(input));
          for (OnnxTensor tensor : file.tensors().values()) {
            tensor.toFloats();
            if (tensor.shape().size() == 2) {
              tensor.transposed();
            }
          }
          OnnxBert.copy(file, 2, 1, new GgufWriter());
        });
  }
}
