package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.chat.ConversationFormat;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.training.tokenizer.BytePairSettings;
import dev.zhixing.training.tokenizer.BytePairTrainer;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns the vocabulary from the texts of a sample of the training documents, exactly as the format
 * encodes them.
 */
final class VocabularyTraining {

  private static final int DOCUMENTS = 60_000;

  private VocabularyTraining() {}

  /**
   * @param size number of tokens
   * @param thinking whether a short plan stands before tool calls
   * @param seed of the sample
   */
  static BytePairVocabulary learn(Ingredients ingredients, int size, boolean thinking, long seed) {
    BytePairSettings settings = BytePairSettings.zhixing(size);
    List<String> texts = new ArrayList<>();
    ConversationFormat format =
        new ConversationFormat(new RecordingTokenizer(settings.specials(), texts::add));
    TrainingMix mix =
        new TrainingMix(
            ingredients,
            new DialogueRenderer(format, thinking),
            TrainingMix.Shares.falling(DOCUMENTS),
            seed);
    for (int i = 0; i < DOCUMENTS; i++) {
      mix.at(i);
    }
    return BytePairTrainer.train(settings, texts);
  }
}
