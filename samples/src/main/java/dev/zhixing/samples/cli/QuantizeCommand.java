package dev.zhixing.samples.cli;

import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.gguf.GgufWriter.BlockSource;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a model in fewer bits. */
@Command(
    name = "quantize",
    description = {
      "Writes a GGUF model with its matrices in another type: F16, BF16, Q8_0, Q4_0, Q4_K or Q6_K.",
      "With 4 bits the output matrix, or the embedding that stands for it, gets Q6_K, as llama.cpp"
          + " does. Vectors and routers of experts stay as they are; a matrix whose rows do not"
          + " divide into the type's blocks gets the next larger type."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = "  zhixing quantize model-f16.gguf model-q4k.gguf Q4_K")
final class QuantizeCommand implements Callable<Integer> {

  private static final Set<TensorType> TYPES =
      Set.of(
          TensorType.F16,
          TensorType.BF16,
          TensorType.Q8_0,
          TensorType.Q4_0,
          TensorType.Q4_K,
          TensorType.Q6_K);

  private final PrintStream out;

  @Parameters(index = "0", paramLabel = "IN", description = "A GGUF file.")
  private Path in = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  private Path target = Path.of("");

  @Parameters(index = "2", paramLabel = "TYPE", description = "The matrices' new type.")
  private TensorType type = TensorType.Q8_0;

  QuantizeCommand(Surroundings surroundings) {
    out = surroundings.out();
  }

  @Override
  public Integer call() throws IOException {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "TYPE: expected F16, BF16, Q8_0, Q4_0, Q4_K or Q6_K, found " + type);
    }
    if (Files.exists(target) && Files.isSameFile(in, target)) {
      throw new IllegalArgumentException("OUT: expected another file than IN, found " + target);
    }
    try (GgufFile file = GgufFile.open(in)) {
      boolean tied = file.find("output.weight").isEmpty();
      GgufWriter writer =
          new GgufWriter()
              .metadataOf(file, Set.of("split.no", "split.count", "split.tensors.count"))
              .uint32("general.file_type", fileType(type))
              .uint32("general.quantization_version", 2);
      for (Tensor tensor : file.tensors().values()) {
        TensorType chosen = MatrixTypes.choose(tensor, type, tied);
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        writer.tensor(tensor.name(), chosen, source(tensor, chosen), shape);
        out.printf("%-44s %-5s -> %s%n", tensor.name(), tensor.type(), chosen);
      }
      writer.write(target);
      out.printf("%,d bytes -> %,d bytes: %s%n", file.size(), Files.size(target), target);
    }
    return ExitStatus.ANSWERED;
  }

  /** Rows are read as they are needed; what keeps its type is copied. */
  private static BlockSource source(Tensor tensor, TensorType chosen) {
    if (tensor.type() == chosen) {
      return (from, count, to) -> {
        long start = chosen.rowBytes(from);
        to.put(tensor.data().asSlice(start, chosen.rowBytes(count)).asByteBuffer());
      };
    }
    return (from, count, to) -> encode(tensor, chosen, from, count, to);
  }

  private static void encode(
      Tensor tensor, TensorType chosen, long from, int count, ByteBuffer to) {
    int columns = tensor.columns();
    int first = (int) (from / columns);
    int last = (int) ((from + count - 1) / columns);
    float[] rows = new float[Math.multiplyExact(last - first + 1, columns)];
    for (int row = first; row <= last; row++) {
      tensor.copyRow(row, rows, (row - first) * columns);
    }
    chosen.encode(rows, (int) (from - (long) first * columns), count, to);
  }

  /** The number that llama.cpp gives to files of a type. */
  private static int fileType(TensorType type) {
    return switch (type) {
      case F16 -> 1;
      case Q4_0 -> 2;
      case Q8_0 -> 7;
      case Q4_K -> 14;
      case Q6_K -> 18;
      case BF16 -> 32;
      case F32, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q5_K, IQ4_NL, IQ4_XS, MXFP4 ->
          throw new IllegalArgumentException("no file type for " + type);
    };
  }
}
