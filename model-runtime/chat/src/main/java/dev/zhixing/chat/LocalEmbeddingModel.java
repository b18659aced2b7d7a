package dev.zhixing.chat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.embedding.response.EmbeddingResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import dev.zhixing.engine.encoder.Encoder;
import dev.zhixing.engine.encoder.WordPiece;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.safetensors.WordPieceJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A LangChain4j {@link EmbeddingModel} inside this process: an encoder of the BERT family. Vectors
 * have length 1; a text has the same vector alone and in any batch.
 *
 * <p>A text that is longer than the model reads is cut at its end: at 128 tokens for {@link
 * #english()}, as its tokenizer says, and at 512 for {@link #chinese()}; the first and the last
 * token are special. The spelling of a special token in a text is ordinary text. The token count of
 * a response is that of the texts, without special tokens.
 *
 * <p>Safe for all threads. {@link #close()} frees the model; no request may be in progress then.
 */
public final class LocalEmbeddingModel implements EmbeddingModel, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LocalEmbeddingModel.class.getName());

  private final Encoder encoder;
  private final WordPiece tokenizer;
  private final String name;
  private final int most; // tokens, special ones included

  private LocalEmbeddingModel(Encoder encoder) {
    this.encoder = encoder;
    this.tokenizer = WordPiece.of(encoder.file());
    this.name = encoder.metadata().string("general.name", encoder.file().name());
    long cut = encoder.metadata().findInteger(WordPieceJson.TRUNCATION).orElse(Long.MAX_VALUE);
    this.most = Math.clamp(cut, 2, Math.max(2, encoder.config().contextLength()));
  }

  /**
   * Returns all-MiniLM-L6-v2, 384 numbers a text, for English. Its file is kept in the folder
   * {@code .cache/zhixing} of the user's home.
   */
  public static LocalEmbeddingModel english() {
    return english(userCache(), LocalEmbeddingModel::log);
  }

  /**
   * As {@link #english()}, with a cache of one's own.
   *
   * @param cache a folder for the model's file of 91 MB, created if it is missing
   * @param progress hears a line when the file is made, at the first time
   */
  public static LocalEmbeddingModel english(Path cache, Consumer<String> progress) {
    return of(EmbeddingArtifact.ENGLISH, cache, progress);
  }

  /**
   * Returns bge-small-zh-v1.5, 512 numbers a text, for Chinese. Its file is kept in the folder
   * {@code .cache/zhixing} of the user's home.
   */
  public static LocalEmbeddingModel chinese() {
    return chinese(userCache(), LocalEmbeddingModel::log);
  }

  /**
   * As {@link #chinese()}, with a cache of one's own.
   *
   * @param cache a folder for the model's file of 95 MB, created if it is missing
   * @param progress hears a line when the file is made, at the first time
   */
  public static LocalEmbeddingModel chinese(Path cache, Consumer<String> progress) {
    return of(EmbeddingArtifact.CHINESE, cache, progress);
  }

  /**
   * Loads an encoder.
   *
   * @param path a GGUF file, or a folder in Hugging Face's layout, of the architecture {@code bert}
   * @throws GgufException if it cannot be read, is damaged, or is not a supported encoder
   */
  public static LocalEmbeddingModel load(Path path) {
    Encoder encoder = Encoder.load(path);
    try {
      return new LocalEmbeddingModel(encoder);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static LocalEmbeddingModel of(
      EmbeddingArtifact artifact, Path cache, Consumer<String> progress) {
    Path file = artifact.fileIn(cache, progress);
    try {
      return load(file);
    } catch (GgufException damaged) {
      return load(artifact.make(cache, damaged.getMessage() + "; it is made anew", progress));
    }
  }

  /** The one thing that is asked of the surroundings, as {@code Files.createTempFile} does. */
  private static Path userCache() {
    return Path.of(System.getProperty("user.home", "."), ".cache", "zhixing");
  }

  private static void log(String line) {
    LOG.log(System.Logger.Level.INFO, line);
  }

  @Override
  public EmbeddingResponse doEmbed(EmbeddingRequest request) {
    List<int[]> sentences = new ArrayList<>(request.inputs().size());
    int tokens = 0;
    for (EmbeddingInput input : request.inputs()) {
      int[] sentence = tokenizer.encode(input.text(), most);
      tokens += sentence.length - 2;
      sentences.add(sentence);
    }
    List<Embedding> embeddings = new ArrayList<>(sentences.size());
    for (float[] vector : encoder.embed(sentences)) {
      normalise(vector);
      embeddings.add(Embedding.from(vector));
    }
    return EmbeddingResponse.builder()
        .embeddings(embeddings)
        .metadata(
            EmbeddingResponseMetadata.builder()
                .modelName(name)
                .tokenUsage(new TokenUsage(tokens))
                .build())
        .build();
  }

  private static void normalise(float[] vector) {
    double squares = 0;
    for (float number : vector) {
      squares += (double) number * number;
    }
    float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
  }

  @Override
  public int dimension() {
    return encoder.config().width();
  }

  @Override
  public String modelName() {
    return name;
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OTHER;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
