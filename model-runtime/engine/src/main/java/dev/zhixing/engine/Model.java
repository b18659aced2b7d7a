package dev.zhixing.engine;

import dev.zhixing.engine.family.Families;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.kernel.KernelChoice;
import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Team;
import dev.zhixing.engine.safetensors.SafetensorsModel;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Tokenizers;
import dev.zhixing.engine.transformer.KeyValueCache;
import dev.zhixing.engine.transformer.ModelConfig;
import dev.zhixing.engine.transformer.PageCounter;
import dev.zhixing.engine.transformer.Transformer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A model: weights mapped from a GGUF file or a Hugging Face folder, and its tokenizer. Immutable,
 * shared by all threads; what changes lives in its sessions.
 *
 * <p>{@link #close()} ends the mapping and the threads; no session may be in use then.
 */
public final class Model implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Model.class.getName());

  private final ModelFile file;
  private final Team team;
  private final Transformer transformer;
  private final PageCounter pages = new PageCounter();
  private final String kernels;
  private volatile @Nullable Tokenizer tokenizer;

  private Model(ModelFile file, Team team, Transformer transformer, String kernels) {
    this.kernels = kernels;
    this.file = file;
    this.team = team;
    this.transformer = transformer;
  }

  /**
   * Maps a model with as many threads as the machine has processors.
   *
   * @throws GgufException if the file cannot be read, is damaged, or is not a supported model
   */
  public static Model load(Path path) {
    return load(path, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Maps a model.
   *
   * @param path a GGUF file, version 2 or 3, or any part of a split one; or a folder in Hugging
   *     Face's layout, or the safetensors file in it
   * @param threads threads that compute, including the caller's; 1 or more
   * @throws GgufException if the file cannot be read, is damaged, or is not a supported model
   */
  public static Model load(Path path, int threads) {
    FutureTask<ModelFile> opening = new FutureTask<>(() -> open(path));
    FutureTask<Kernels> choice =
        new FutureTask<>(() -> KernelChoice.best(() -> result(opening).matrices()));
    Thread.ofPlatform().daemon().name("zhixing-kernels").start(choice);
    opening.run();
    ModelFile file = result(opening);
    Team team = new Team(threads);
    try {
      Kernels kernels = result(choice);
      Model model = new Model(file, team, Families.read(file, kernels, team), kernels.name());
      LOG.log(System.Logger.Level.INFO, () -> model.summary(kernels));
      return model;
    } catch (RuntimeException e) {
      team.close();
      file.close();
      throw e;
    }
  }

  private static ModelFile open(Path path) {
    return path.toString().endsWith(".gguf") || !SafetensorsModel.reads(path)
        ? GgufFile.open(path)
        : SafetensorsModel.open(path);
  }

  /** Waits for a result; if the thread is interrupted, it stays so. */
  private static <T> T result(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof GgufException unreadable) {
            throw unreadable;
          }
          throw new IllegalStateException("model: cannot be loaded: " + e.getCause(), e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns the sizes and constants. */
  public ModelConfig config() {
    return transformer.config();
  }

  /** Returns the file's keys and values. */
  public GgufMetadata metadata() {
    return file.metadata();
  }

  /**
   * Returns the tokenizer that the file describes.
   *
   * @throws GgufException if it describes none or one that is not supported
   */
  public Tokenizer tokenizer() {
    Tokenizer known = tokenizer;
    if (known == null) {
      known = Tokenizers.of(file); // immutable: if two threads come at once, either will do
      checkRows(known);
      tokenizer = known;
    }
    return known;
  }

  /** A model may have more rows than tokens, to fill them up, but not less. */
  private void checkRows(Tokenizer read) {
    if (read.size() > config().vocabularySize()) {
      throw new GgufException(
          "%s: tokenizer.ggml.tokens: expected at most the %d rows of token_embd.weight, found %d"
              .formatted(file.name(), config().vocabularySize(), read.size()));
    }
  }

  /** Names the kernels that compute. */
  public String kernels() {
    return kernels;
  }

  /** Starts an empty session. */
  public Session newSession() {
    return newSession(SessionOptions.standard());
  }

  /**
   * Starts an empty session.
   *
   * @throws IllegalArgumentException if the model cannot hold as many tokens
   */
  public Session newSession(SessionOptions options) {
    return newSession(options, pages);
  }

  Session newSession(SessionOptions options, PageCounter counter) {
    KeyValueCache cache = new KeyValueCache(config(), options.cacheType(), counter);
    return newSession(options, cache, newPasses());
  }

  Session newSession(SessionOptions options, KeyValueCache cache, Passes passes) {
    int contextLength = options.contextLength(config().contextLength());
    return new Session(transformer, file::fingerprint, cache, passes, contextLength);
  }

  /** The first tokens of a session in a file. */
  SavedTokens saved(SessionOptions options, String template, int... ids) {
    int contextLength = options.contextLength(config().contextLength());
    return SavedTokens.of(
        transformer, file.fingerprint(), contextLength, options.cacheType(), template, ids);
  }

  Passes newPasses() {
    return new Passes(transformer);
  }

  /** Returns an object that appends tokens to several sessions in common passes. */
  public SessionBatch newBatch() {
    return new SessionBatch(transformer);
  }

  /** Counts the pages of keys and values of all sessions that are not closed. */
  public PageCounter pages() {
    return pages;
  }

  /** Ends the mapping and the threads. */
  @Override
  public void close() {
    team.close();
    file.close();
  }

  private String summary(Kernels kernels) {
    Map<String, Integer> types = new TreeMap<>();
    for (Tensor tensor : file.tensors().values()) {
      types.merge(tensor.type().name(), 1, Integer::sum);
    }
    return "%s: %s kernels, %d lanes, %d threads, tensors %s, %,d bytes"
        .formatted(file.name(), kernels.name(), Kernels.LANES, team.size(), types, file.size());
  }
}
