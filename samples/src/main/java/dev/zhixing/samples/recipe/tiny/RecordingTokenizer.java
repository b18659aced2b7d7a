package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Stands in for a tokenizer while there is none: hands on every text that would be encoded, so that
 * a vocabulary is learned from exactly the texts that the model will read. Knows the format's
 * special tokens; gives no ids.
 */
final class RecordingTokenizer implements Tokenizer {

  private static final int[] NOTHING = {};

  private final List<String> specials;
  private final Consumer<String> sink;

  /**
   * @param specials spellings of the special tokens, in order of their ids from 0
   * @param sink gets each text
   */
  RecordingTokenizer(List<String> specials, Consumer<String> sink) {
    this.specials = specials;
    this.sink = sink;
  }

  @Override
  public int size() {
    return specials.size();
  }

  @Override
  public int[] encode(String text) {
    sink.accept(text);
    return NOTHING;
  }

  @Override
  public int[] encodeTrusted(String text) {
    return encode(text);
  }

  @Override
  public byte[] bytes(int id) {
    return specials.get(id).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isSpecial(int id) {
    return true;
  }

  @Override
  public OptionalInt special(String spelling) {
    int id = specials.indexOf(spelling);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public OptionalInt bos() {
    return special("<|bos|>");
  }

  @Override
  public OptionalInt eos() {
    return special("<|end|>");
  }

  @Override
  public boolean addBos() {
    return true;
  }

  @Override
  public String decode(int... ids) {
    return "";
  }
}
