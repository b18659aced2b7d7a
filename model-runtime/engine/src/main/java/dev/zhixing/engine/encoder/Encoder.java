package dev.zhixing.engine.encoder;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.kernel.DenseChoice;
import dev.zhixing.engine.kernel.DenseKernels;
import dev.zhixing.engine.kernel.Scratch;
import dev.zhixing.engine.kernel.Team;
import dev.zhixing.engine.safetensors.SafetensorsModel;
import dev.zhixing.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An encoder of the BERT family: token ids in, vectors out. Immutable, shared by all threads.
 *
 * <p>A sentence's vector has the same bytes alone and in any batch, whatever the number of threads.
 * The layers' matrices are kept on the heap as floats (four bytes a weight) beside the mapped file,
 * of which only the embeddings are read later.
 *
 * <p>{@link #close()} ends the mapping and the threads; no method may be in use then.
 */
public final class Encoder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Encoder.class.getName());

  /** Rows of a pass that stay in a processor's second cache on their way through the layers. */
  private static final int PASS_ROWS = 256;

  private final ModelFile file;
  private final EncoderConfig config;
  private final EncoderWeights weights;
  private final Team team;
  private final EncoderLayers layers;
  private final ArrayDeque<Pass> idle = new ArrayDeque<>(); // guarded by itself

  private Encoder(ModelFile file, Team team, Supplier<DenseKernels> kernels) {
    BertReader reader = new BertReader(file);
    this.file = file;
    this.config = reader.config();
    this.weights = reader.weights(config);
    this.team = team;
    this.layers = new EncoderLayers(config, weights, kernels.get(), team);
  }

  /**
   * Loads an encoder with as many threads as the machine has processors.
   *
   * @param path a GGUF file, or a folder in Hugging Face's layout, of the architecture {@code bert}
   * @throws GgufException if the file cannot be read, is damaged, or is not a supported encoder
   */
  public static Encoder load(Path path) {
    boolean gguf = path.toString().endsWith(".gguf") || !SafetensorsModel.reads(path);
    ModelFile file = gguf ? GgufFile.open(path) : SafetensorsModel.open(path);
    return of(file, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Takes an encoder from an open file, which is closed with it, or if it cannot be read.
   *
   * @param file of the architecture {@code bert}
   * @param threads threads that compute, including the caller's; 1 or more
   * @throws GgufException if it is damaged or not a supported encoder
   */
  public static Encoder of(ModelFile file, int threads) {
    CompletableFuture<DenseKernels> choice = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("zhixing-kernels")
        .start(() -> choice.completeAsync(DenseChoice::best, Runnable::run));
    return of(file, threads, choice::join);
  }

  /** As {@link #of(ModelFile, int)}, computing with these kernels. */
  public static Encoder of(ModelFile file, int threads, DenseKernels kernels) {
    return of(file, threads, () -> kernels);
  }

  private static Encoder of(ModelFile file, int threads, Supplier<DenseKernels> kernels) {
    Team team = new Team(threads);
    try {
      Encoder encoder = new Encoder(file, team, kernels);
      LOG.log(System.Logger.Level.INFO, () -> encoder.summary(kernels.get()));
      return encoder;
    } catch (RuntimeException e) {
      team.close();
      file.close();
      throw e;
    }
  }

  /** Returns the sizes and constants. */
  public EncoderConfig config() {
    return config;
  }

  /** Returns the file's keys and values. */
  public GgufMetadata metadata() {
    return file.metadata();
  }

  /** Returns the file. */
  public ModelFile file() {
    return file;
  }

  /**
   * Computes the vectors of sentences, pooled as {@link EncoderConfig#pooling()} says.
   *
   * @param sentences token ids with the special ones, each from 1 to the context length
   * @return a vector of {@link EncoderConfig#width()} numbers each, not normalised
   */
  public float[][] embed(List<int[]> sentences) {
    for (int i = 0; i < sentences.size(); i++) {
      check(sentences.get(i), i);
    }
    float[][] vectors = new float[sentences.size()][config.width()];
    int[] ends = passes(sentences);
    if (ends.length == 1) { // all threads on one pass
      embed(sentences, 0, ends[0], vectors, null);
    } else if (ends.length > 1) { // each thread a pass at a time
      team.run(
          ends.length,
          new Scratch(),
          (task, scratch) ->
              embed(sentences, task == 0 ? 0 : ends[task - 1], ends[task], vectors, scratch));
    }
    return vectors;
  }

  private void embed(
      List<int[]> all, int from, int to, float[][] vectors, @Nullable Scratch scratch) {
    Pass pass = take();
    pass.begin(all, from, to);
    layers.run(pass, scratch == null ? pass.scratch : scratch);
    for (int i = from; i < to; i++) {
      pass.pool(i - from, vectors[i]);
    }
    giveBack(pass);
  }

  /** Returns where the passes end: about equal numbers of rows, as many for each thread. */
  private int[] passes(List<int[]> sentences) {
    long rows = 0;
    for (int[] sentence : sentences) {
      rows += sentence.length;
    }
    long wanted = (rows + PASS_ROWS - 1) / PASS_ROWS;
    if (wanted > 1) {
      wanted = (wanted + team.size() - 1) / team.size() * team.size();
    }
    int[] ends = new int[sentences.size()];
    int count = 0;
    long sum = 0;
    for (int i = 0; i < sentences.size(); i++) {
      sum += sentences.get(i).length;
      if (sum * wanted >= rows * (count + 1) || i == sentences.size() - 1) {
        ends[count++] = i + 1;
      }
    }
    return Arrays.copyOf(ends, count);
  }

  /**
   * Returns the vectors of all tokens of a sentence, [token][width], one after another.
   *
   * @param sentence token ids with the special ones, from 1 to the context length
   */
  public float[] tokenVectors(int[] sentence) {
    check(sentence, 0);
    int width = config.width();
    float[] vectors = new float[sentence.length * width];
    Pass pass = take();
    pass.begin(List.of(sentence), 0, 1);
    layers.run(pass, pass.scratch);
    for (int row = 0; row < sentence.length; row++) {
      System.arraycopy(pass.x, row * pass.stride, vectors, row * width, width);
    }
    giveBack(pass);
    return vectors;
  }

  /** Says whether the file has a head that guesses masked words. */
  public boolean guessesMasked() {
    return weights.head() != null;
  }

  /**
   * Returns the logits of the word at a position, [vocabulary].
   *
   * @param sentence token ids with the special ones, {@code [MASK]} at the position
   * @param position from 0 to the number of tokens - 1
   * @throws IllegalStateException if the file has no head for it
   */
  public float[] maskedLogits(int[] sentence, int position) {
    EncoderWeights.MaskedHead head = weights.head();
    if (head == null) {
      throw new IllegalStateException(
          file.name() + ": expected the head of a masked-language model, found none");
    }
    check(sentence, 0);
    if (position < 0 || position >= sentence.length) {
      throw new IllegalArgumentException(
          "position: expected 0 to %d, found %d".formatted(sentence.length - 1, position));
    }
    Pass pass = take();
    pass.begin(List.of(sentence), 0, 1);
    layers.run(pass, pass.scratch);
    float[] logits = layers.logits(head, pass, position, pass.scratch);
    giveBack(pass);
    return logits;
  }

  private void check(int[] sentence, int index) {
    if (sentence.length < 1 || sentence.length > config.contextLength()) {
      throw new IllegalArgumentException(
          "sentence %d: expected 1 to %d tokens, found %d"
              .formatted(index, config.contextLength(), sentence.length));
    }
    for (int id : sentence) {
      if (id < 0 || id >= config.vocabulary()) {
        throw new IllegalArgumentException(
            "sentence %d: expected token ids from 0 to %d, found %d"
                .formatted(index, config.vocabulary() - 1, id));
      }
    }
  }

  private Pass take() {
    synchronized (idle) {
      Pass pass = idle.poll();
      return pass == null ? new Pass(config) : pass;
    }
  }

  private void giveBack(Pass pass) {
    synchronized (idle) {
      if (idle.size() < team.size()) {
        idle.push(pass);
      }
    }
  }

  /** Ends the mapping and the threads. */
  @Override
  public void close() {
    team.close();
    file.close();
  }

  private String summary(DenseKernels kernels) {
    Map<String, Integer> types = new TreeMap<>();
    for (Tensor tensor : file.tensors().values()) {
      types.merge(tensor.type().name(), 1, Integer::sum);
    }
    return "%s: %s kernels, %d threads, tensors %s, %,d bytes"
        .formatted(file.name(), kernels.name(), team.size(), types, file.size());
  }
}
