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
   * @param seed of the sample
   */
  static BytePairVocabulary learn(Ingredients ingredients, int size, long seed) {
    List<String> texts = new ArrayList<>();
    ConversationFormat format = new ConversationFormat(new RecordingTokenizer(texts::add));
    TrainingMix mix =
        new TrainingMix(
            ingredients,
            new DialogueRenderer(format, true),
            TrainingMix.Shares.falling(DOCUMENTS),
            seed);
    for (int i = 0; i < DOCUMENTS; i++) {
      mix.at(i);
    }
    return BytePairTrainer.train(BytePairSettings.zhixing(size), texts);
  }
}
