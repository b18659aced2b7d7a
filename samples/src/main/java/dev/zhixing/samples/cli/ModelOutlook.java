package dev.zhixing.samples.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.zhixing.engine.Model;
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
 * @param config what loads; null where it does not
 * @param problem why the model cannot be run; null where it can
 * @param tokenizer how many tokens the tokenizer knows; 0 where it cannot be read
 * @param tokenizerProblem why the tokenizer cannot be read; null where it can
 * @param weights bytes of the file, mapped into memory
 * @param memory bytes of the machine's memory, 0 where they are not known
 * @param heap bytes that Java's heap may grow to
 */
record ModelOutlook(
    Map<String, OfType> types,
    @Nullable ModelConfig config,
    @Nullable String problem,
    int tokenizer,
    @Nullable String tokenizerProblem,
    long weights,
    long memory,
    long heap) {

  private static final int HALF = 2;

  /** Tensors of one type and their bytes. */
  record OfType(int tensors, long bytes) {
    OfType and(OfType other) {
      return new OfType(tensors + other.tensors, bytes + other.bytes);
    }
  }

  /** Tries to load the model. */
  static ModelOutlook of(ModelFile file) {
    Map<String, OfType> types = new TreeMap<>();
    for (Tensor tensor : file.tensors().values()) {
      types.merge(tensor.type().name(), new OfType(1, tensor.data().byteSize()), OfType::and);
    }
    ModelConfig config = null;
    String problem = null;
    int tokens = 0;
    String tokenizerProblem = null;
    try (Model model = Model.load(file.path(), 1)) {
      config = model.config();
      try {
        tokens = model.tokenizer().size();
      } catch (RuntimeException e) {
        tokenizerProblem = e.getMessage();
      }
    } catch (RuntimeException e) {
      problem = e.getMessage();
    }
    return new ModelOutlook(
        types,
        config,
        problem,
        tokens,
        tokenizerProblem,
        file.size(),
        physicalMemory(),
        Runtime.getRuntime().maxMemory());
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : 0;
  }

  /** Bytes that a session's keys and values take for one token, in half precision. */
  long cachePerToken() {
    return config == null ? 0 : 2L * HALF * config.layers() * config.keyValueWidth();
  }

  /** Bytes of a session that is full. */
  long cache() {
    return config == null ? 0 : cachePerToken() * config.contextLength();
  }

  /**
   * Whether weights and a full session fit in the machine's memory, and the session in the heap.
   */
  boolean fits() {
    return heapSuffices() && (memory == 0 || weights + cache() <= memory);
  }

  boolean heapSuffices() {
    return cache() <= heap;
  }

  /** Whether the memory and the heap suffice, and what to do if not. */
  String verdict() {
    if (memory > 0 && weights > memory) {
      return "the weights do not fit in memory: every token would read them from disk";
    }
    if (memory > 0 && weights + cache() > memory) {
      return "the weights fit in memory, but not together with a full session: about %,d tokens do"
          .formatted((memory - weights) / cachePerToken());
    }
    if (!heapSuffices()) {
      return "all fits in memory, but the heap holds only about %,d tokens: start Java with -Xmx%dm"
          .formatted(heap / cachePerToken(), (cache() >> 20) * 5 / 4 + 256);
    }
    return "all fits";
  }
}
