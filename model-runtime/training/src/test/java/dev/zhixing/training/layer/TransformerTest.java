package dev.zhixing.training.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransformerTest {
  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void gradientsOfAllParametersAreThoseOfFiniteDifferences() {
    ModelShape shape = new ModelShape(32, 2, 4, 4, 64, 13, 10_000, 64);
    checkGradients(shape, 1, 9, 2, 14);
  }

  @Test
  void gradientsHoldForGroupedHeadsAndDocumentsLongerThanABlockOfQueries() {
    ModelShape shape = new ModelShape(64, 1, 4, 2, 32, 70, 500, 128);
    checkGradients(shape, 5, 101, 48);
  }

  @Test
  void lossIsThatOfTheReferenceModel() {
    ModelShape shape = new ModelShape(96, 3, 6, 2, 96, 101, 10_000, 200);
    Weights weights = weights(shape);
    List<Document> documents = documents(shape, 3, 150, 40);
    double loss = transformer(weights).loss(row(documents));
    assertThat(loss).isCloseTo(referenceLoss(weights, documents), within(2e-6 * loss));
  }

  @Test
  void logitsAreThoseOfTheReferenceModel() {
    ModelShape shape = new ModelShape(64, 2, 2, 1, 96, 40, 10_000, 64);
    Weights weights = weights(shape);
    List<Document> documents = documents(shape, 30);
    float[][] found = transformer(weights).logits(row(documents));
    double[][] expected =
        new ReferenceModel(weights.layout(), weights.values()).logits(documents.get(0).ids);
    for (int t = 0; t < found.length; t++) {
      for (int v = 0; v < shape.vocab(); v++) {
        assertThat((double) found[t][v]).isCloseTo(expected[t][v], within(2e-5));
      }
    }
  }

  @Test
  void aDocumentsLossIsTheSameAloneAndAmongOthers() {
    ModelShape shape = new ModelShape(64, 2, 4, 2, 96, 40, 10_000, 64);
    Weights weights = weights(shape);
    List<Document> documents = documents(shape, 30, 41, 7);
    Transformer transformer = transformer(weights);
    double together = transformer.loss(row(documents));
    double apart = 0;
    for (Document document : documents) {
      apart += transformer.loss(row(List.of(document)));
    }
    assertThat(together).isCloseTo(apart, within(1e-6 * apart));
  }

  private void checkGradients(ModelShape shape, int... lengths) {
    Weights weights = weights(shape);
    List<Document> documents = documents(shape, lengths);
    float[] gradients = new float[weights.values().length];
    float scale = 0.5f;
    double loss = transformer(weights).backward(row(documents), scale, gradients);
    assertThat(loss).isCloseTo(referenceLoss(weights, documents), within(2e-6 * loss));

    ReferenceModel reference = new ReferenceModel(weights.layout(), weights.values());
    double step = 1e-4;
    for (Layout.Range range : weights.layout().ranges()) {
      double errors = 0;
      double squares = 0;
      int stride = Math.max(1, range.size() / 60);
      for (int i = range.offset(); i < range.offset() + range.size(); i += stride) {
        double value = reference.weights()[i];
        reference.weights()[i] = value + step;
        double above = loss(reference, documents);
        reference.weights()[i] = value - step;
        double below = loss(reference, documents);
        reference.weights()[i] = value;
        double expected = scale * (above - below) / (2 * step);
        errors += Math.pow(gradients[i] - expected, 2);
        squares += expected * expected;
      }
      assertThat(Math.sqrt(errors / squares)).as("%s", range).isLessThan(2e-5);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Document(int[] ids, float[] lossWeights) {}

  private List<Document> documents(ModelShape shape, int... lengths) {
    List<Document> documents = new ArrayList<>();
    for (int length : lengths) {
      int[] ids = random.ints(length, 0, shape.vocab()).toArray();
      float[] lossWeights = new float[length];
      for (int i = 0; i < length; i++) {
        lossWeights[i] = random.nextInt(3) == 0 ? 0f : 0.5f + random.nextInt(3);
      }
      documents.add(new Document(ids, lossWeights));
    }
    return documents;
  }

  private static PackedRow row(List<Document> documents) {
    PackedRow row = new PackedRow(200);
    documents.forEach(d -> row.add(d.ids, d.lossWeights, d.ids.length));
    return row;
  }

  /** Larger than initial weights, so that no gradient is lost in rounding. */
  private Weights weights(ModelShape shape) {
    Weights weights = Weights.random(shape, 3);
    for (int i = 0; i < weights.values().length; i++) {
      weights.values()[i] += (float) (0.15 * random.nextGaussian());
    }
    return weights;
  }

  private static Transformer transformer(Weights weights) {
    PackedWeights packed = new PackedWeights(weights.layout());
    packed.packAll(weights.values());
    return new Transformer(weights, packed, 200);
  }

  private static double referenceLoss(Weights weights, List<Document> documents) {
    return loss(new ReferenceModel(weights.layout(), weights.values()), documents);
  }

  private static double loss(ReferenceModel model, List<Document> documents) {
    double sum = 0;
    for (Document document : documents) {
      sum += model.loss(document.ids, document.lossWeights);
    }
    return sum;
  }
}
