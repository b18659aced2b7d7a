package dev.zhixing.training;

import dev.zhixing.training.layer.ModelShape;
import dev.zhixing.training.layer.Weights;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a run needs to go on as if it had never stopped.
 *
 * @param step steps taken
 * @param position where the data goes on
 * @param weights the parameters
 * @param means first moments, laid out like the weights
 * @param squares second moments
 */
@SuppressWarnings("ArrayRecordComponent") // the trainer's own arrays, not copies
record Checkpoint(
    int step, DataPosition position, Weights weights, float[] means, float[] squares) {
  static final String FILE = "checkpoint.zxt";
  private static final long MAGIC = 0x31_54_50_4b_43_58_5a_00L; // version 1

  /** Writes the file whole or not at all: beside the target, forced to disk, then moved. */
  void write(Path file) {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        write(new FloatChannel(channel));
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TrainingException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private void write(FloatChannel out) throws IOException {
    ModelShape shape = weights.layout().shape();
    out.writeLong(MAGIC);
    out.writeLong(shape.dim());
    out.writeLong(shape.layers());
    out.writeLong(shape.heads());
    out.writeLong(shape.kvHeads());
    out.writeLong(shape.ffn());
    out.writeLong(shape.vocab());
    out.writeLong(Double.doubleToLongBits(shape.ropeTheta()));
    out.writeLong(shape.contextLength());
    out.writeLong(step);
    out.writeLong(position.next());
    out.writeLong(position.waiting().size());
    for (long index : position.waiting()) {
      out.writeLong(index);
    }
    out.write(weights.values());
    out.write(means);
    out.write(squares);
  }

  static Checkpoint read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(file, new FloatChannel(channel));
    } catch (IOException e) {
      throw new TrainingException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Checkpoint read(Path file, FloatChannel in) throws IOException {
    long magic = in.readLong();
    if (magic != MAGIC) {
      throw new TrainingException(
          "%s: expected a checkpoint of this trainer (%x), found %x".formatted(file, MAGIC, magic));
    }
    ModelShape shape =
        new ModelShape(
            (int) in.readLong(),
            (int) in.readLong(),
            (int) in.readLong(),
            (int) in.readLong(),
            (int) in.readLong(),
            (int) in.readLong(),
            Double.longBitsToDouble(in.readLong()),
            (int) in.readLong());
    int step = (int) in.readLong();
    long next = in.readLong();
    long count = in.readLong();
    List<Long> waiting = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      waiting.add(in.readLong());
    }
    Weights weights = Weights.empty(shape);
    float[] means = new float[weights.values().length];
    float[] squares = new float[weights.values().length];
    in.read(weights.values());
    in.read(means);
    in.read(squares);
    return new Checkpoint(step, new DataPosition(next, waiting), weights, means, squares);
  }
}
