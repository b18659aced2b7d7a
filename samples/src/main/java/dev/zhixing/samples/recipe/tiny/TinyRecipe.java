package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.chat.ConversationFormat;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.samples.recipe.open.OpenData;
import dev.zhixing.training.Progress;
import dev.zhixing.training.TokenDocument;
import dev.zhixing.training.Trainer;
import dev.zhixing.training.TrainingConfig;
import dev.zhixing.training.export.GgufExport;
import dev.zhixing.training.layer.ModelShape;
import dev.zhixing.training.optimizer.AdamW;
import dev.zhixing.training.optimizer.Schedule;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The recipe of {@code zhixing-tiny}: vocabulary, training, export, in a folder from which an
 * interrupted run goes on.
 *
 * <ol>
 *   <li>{@code vocabulary.gguf}: learned from a sample of the training documents, once;
 *   <li>{@code checkpoint…}, {@code progress.tsv}: the trainer's;
 *   <li>{@code zhixing-tiny.gguf}: the model, Q8_0.
 * </ol>
 */
public final class TinyRecipe {

  /** The exported model's file name. */
  public static final String MODEL_FILE = "zhixing-tiny.gguf";

  private static final String VOCABULARY_FILE = "vocabulary.gguf";
  private static final long TOKENS_PER_DOCUMENT = 400;
  private static final int HELD_OUT = 400;
  private static final Duration CHECKPOINTS = Duration.ofMinutes(3);

  /**
   * What may be chosen.
   *
   * @param directory the run's folder, made if missing
   * @param data folder of public data sets; missing sets are left out
   * @param vocabulary tokens of the vocabulary
   * @param dim width of the model
   * @param layers number of blocks
   * @param heads query heads
   * @param kvHeads key and value heads
   * @param ffn width of the feed-forward layers
   * @param steps optimizer steps of the whole run
   * @param tokensPerStep tokens of a step
   * @param decaySteps steps at the end in which the learning rate falls
   * @param peak highest learning rate
   * @param optimizer constants of the weights' update
   * @param threads threads that train
   * @param thinking whether a short plan stands before calls
   * @param seed of weights and documents
   */
  public record Options(
      Path directory,
      Path data,
      int vocabulary,
      int dim,
      int layers,
      int heads,
      int kvHeads,
      int ffn,
      int steps,
      int tokensPerStep,
      int decaySteps,
      double peak,
      AdamW.Settings optimizer,
      int threads,
      boolean thinking,
      long seed) {}

  private final Options options;
  private final PrintStream out;

  /**
   * @param out where progress is told
   */
  public TinyRecipe(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs the recipe, or goes on with it, to its last step. Returns the model's file. */
  public Path run() {
    createDirectory();
    Ingredients ingredients = Ingredients.from(new OpenData(options.data()));
    BytePairVocabulary vocabulary = vocabulary(ingredients);
    ConversationFormat format = new ConversationFormat(new BytePairTokenizer(vocabulary));
    DialogueRenderer renderer = new DialogueRenderer(format, options.thinking());
    TrainingMix mix =
        new TrainingMix(
            ingredients,
            renderer,
            TrainingMix.Shares.falling(
                (long) options.steps() * options.tokensPerStep() / TOKENS_PER_DOCUMENT),
            options.seed());
    try (Trainer trainer = Trainer.startOrResume(config(vocabulary), mix)) {
      Thread hook = new Thread(trainer::stop, "checkpoint-at-exit");
      Runtime.getRuntime().addShutdownHook(hook);
      trainer.run(this::tell);
      removeHook(hook);
      tellHeldOut(trainer, ingredients, renderer);
    }
    return export();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending: the hook has done its work.
    }
  }

  /** Writes the model of the run's latest checkpoint. Returns its file. */
  public Path export() {
    Path file = options.directory().resolve(MODEL_FILE);
    GgufExport.write(
        file,
        Trainer.savedWeights(options.directory()),
        readVocabulary(),
        Map.of(
            "general.name",
            "zhixing-tiny",
            "general.license",
            "apache-2.0",
            ConversationFormat.METADATA_KEY,
            ConversationFormat.NAME),
        TensorType.Q8_0);
    out.println("wrote " + file);
    return file;
  }

  private TrainingConfig config(BytePairVocabulary vocabulary) {
    ModelShape shape =
        new ModelShape(
            options.dim(),
            options.layers(),
            options.heads(),
            options.kvHeads(),
            options.ffn(),
            vocabulary.tokens().size(),
            10_000,
            2048);
    int warmup = Math.min(100, options.steps() / 10);
    Schedule schedule =
        new Schedule(
            options.steps(),
            warmup,
            Math.min(options.decaySteps(), options.steps() - warmup),
            Schedule.Decay.LINEAR,
            options.peak(),
            0.05);
    return new TrainingConfig(
        shape,
        options.tokensPerStep(),
        1024,
        schedule,
        options.optimizer(),
        options.seed(),
        CHECKPOINTS,
        options.directory(),
        options.threads());
  }

  private void tell(Progress progress) {
    if (progress.step() % 10 == 0) {
      out.println(progress);
    }
  }

  /**
   * Tells how much the replies to requests in unseen phrasings surprise the model. Per request, not
   * per token, so that models of other vocabularies and formats compare.
   */
  private void tellHeldOut(Trainer trainer, Ingredients ingredients, DialogueRenderer renderer) {
    List<TokenDocument> documents =
        HeldOut.draw(ingredients, HELD_OUT, options.seed()).stream()
            .map(request -> renderer.render(request.offered(), List.of(request.scenario())))
            .toList();
    long learned = documents.stream().mapToLong(TokenDocument::learnedTokens).sum();
    double nats = trainer.evaluate(documents) * learned / documents.size();
    out.printf(
        Locale.ROOT,
        "held out: %.3f nats a request, %.1f learned tokens a request%n",
        nats,
        (double) learned / documents.size());
  }

  private BytePairVocabulary vocabulary(Ingredients ingredients) {
    Path file = options.directory().resolve(VOCABULARY_FILE);
    if (!Files.exists(file)) {
      out.println("learning a vocabulary of " + options.vocabulary() + " tokens");
      GgufWriter writer = new GgufWriter().string("general.architecture", "llama");
      VocabularyTraining.learn(
              ingredients, options.vocabulary(), options.thinking(), options.seed())
          .writeTo(writer);
      writer.write(file);
    }
    return readVocabulary();
  }

  private BytePairVocabulary readVocabulary() {
    try (GgufFile file = GgufFile.open(options.directory().resolve(VOCABULARY_FILE))) {
      return BytePairVocabulary.of(file);
    }
  }

  private void createDirectory() {
    try {
      Files.createDirectories(options.directory());
    } catch (IOException e) {
      throw new UncheckedIOException(options.directory() + ": cannot be made", e);
    }
  }
}
