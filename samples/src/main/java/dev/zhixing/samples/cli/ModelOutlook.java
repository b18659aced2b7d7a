package dev.zhixing.samples.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.encoder.Encoder;
import dev.zhixing.engine.encoder.EncoderConfig;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.transformer.ModelConfig;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a model file here.
 *
 * @param types tensors by type
 * @param loading what loads
 * @param weights bytes of the file, mapped into memory
 * @param memory bytes of the machine's memory, 0 where they are not known
 * @param heap bytes that Java's heap may grow to
 */
record ModelOutlook(
    Map<String, OfType> types, Loading loading, long weights, long memory, long heap) {

  private static final String ENCODER = "bert";
  private static final int HALF = 2;

  /** Tensors of one type and their bytes. */
  record OfType(int tensors, long bytes) {
    private OfType and(OfType other) {
      return new OfType(tensors + other.tensors, bytes + other.bytes);
    }
  }

  /** What a model file loads as. */
  sealed interface Loading {

    /** A model that writes; its tokenizer has {@code tokens}, or does not load for a reason. */
    record Decoder(ModelConfig config, int tokens, @Nullable String tokenizerProblem)
        implements Loading {}

    /** A model that makes vectors of texts. */
    record TextEncoder(EncoderConfig config) implements Loading {}

    /** Nothing, for a reason. */
    record Refused(String why) implements Loading {}
  }

  /** Tries to load the model. */
  static ModelOutlook of(ModelFile file) {
    Map<String, OfType> types = new TreeMap<>();
    for (Tensor tensor : file.tensors().values()) {
      types.merge(tensor.type().name(), new OfType(1, tensor.data().byteSize()), OfType::and);
    }
    boolean encoder = file.metadata().string("general.architecture", "").equals(ENCODER);
    return new ModelOutlook(
        types,
        encoder ? loadEncoder(file) : loadDecoder(file),
        file.size(),
        physicalMemory(),
        Runtime.getRuntime().maxMemory());
  }

  private static Loading loadDecoder(ModelFile file) {
    try (Model model = Model.load(file.path(), 1)) {
      try {
        return new Loading.Decoder(model.config(), model.tokenizer().size(), null);
      } catch (RuntimeException e) {
        return new Loading.Decoder(model.config(), 0, String.valueOf(e.getMessage()));
      }
    } catch (RuntimeException e) {
      return new Loading.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Loading loadEncoder(ModelFile file) {
    try (Encoder encoder = Encoder.of(ModelFiles.open(file.path()), 1)) {
      return new Loading.TextEncoder(encoder.config());
    } catch (RuntimeException e) {
      return new Loading.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : 0;
  }

  /** Bytes that a session's keys and values take for one token, in half precision. */
  long cachePerToken() {
    return loading instanceof Loading.Decoder decoder
        ? 2L * HALF * decoder.config().layers() * decoder.config().keyValueWidth()
        : 0;
  }

  /** Bytes of the heap that are needed: a full session, or an encoder's matrices as floats. */
  long onHeap() {
    return switch (loading) {
      case Loading.Decoder decoder -> cachePerToken() * decoder.config().contextLength();
      case Loading.TextEncoder(EncoderConfig c) ->
          (long) Float.BYTES
              * c.layers()
              * c.width()
              * (4L * c.width() + 2L * c.feedForwardWidth());
      case Loading.Refused refused -> 0;
    };
  }

  /** Whether it loads, and memory and heap suffice. */
  boolean fits() {
    return !(loading instanceof Loading.Refused)
        && onHeap() <= heap
        && (memory == 0 || weights + onHeap() <= memory);
  }

  /** Whether memory and heap suffice, and what to do if not. */
  String verdict() {
    if (fits()) {
      return "all fits";
    }
    if (memory > 0 && weights > memory) {
      return "the weights do not fit in memory, every token would read them from disk";
    }
    if (memory > 0 && weights + onHeap() > memory) {
      return "the weights fit in memory, but not together with "
          + (cachePerToken() == 0
              ? "their copy as floats"
              : "a full session, only with about %,d tokens"
                  .formatted((memory - weights) / cachePerToken()));
    }
    return "all fits in memory, but not in the heap; start Java with -Xmx%dm"
        .formatted((onHeap() >> 20) * 5 / 4 + 256);
  }
}
