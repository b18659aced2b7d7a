package dev.zhixing.engine.tokenizer;

import java.text.Normalizer;

/** One encoding under way: takes chunks, collects their ids. For one thread. */
final class ChunkEncoder implements PreTokenizer.ChunkConsumer, Specials.Parts {
  private final BytePairTokenizer tokenizer;
  private final PreTokenizer preTokenizer;
  private final boolean composes;
  private final Merger merger;
  private final IdList ids = new IdList();
  private final Utf8 utf8 = new Utf8();
  private String text = "";

  /**
   * @param composes whether text is brought into the form NFC
   */
  ChunkEncoder(
      BytePairTokenizer tokenizer, PreTokenizer preTokenizer, boolean composes, MergeTable merges) {
    this.tokenizer = tokenizer;
    this.preTokenizer = preTokenizer;
    this.composes = composes;
    this.merger = new Merger(merges);
  }

  @Override
  public void text(String whole, int start, int end) {
    if (composes) {
      text = Normalizer.normalize(whole.substring(start, end), Normalizer.Form.NFC);
      preTokenizer.split(text, 0, text.length(), this);
      return;
    }
    text = whole;
    preTokenizer.split(whole, start, end, this);
  }

  @Override
  public void token(int id) {
    ids.add(id);
  }

  int[] result() {
    return ids.toArray();
  }

  @Override
  public void chunk(int start, int end) {
    int n = utf8.write(text, start, end);
    byte[] bytes = utf8.bytes();
    if (n == 1) {
      add(tokenizer.byteId(bytes[0]));
      return;
    }
    if (preTokenizer.wholeChunksFirst()) {
      int whole = tokenizer.whole(bytes, n);
      if (whole >= 0) {
        ids.add(whole);
        return;
      }
    }
    boolean apart = preTokenizer.leadingSpaceApart() && bytes[0] == ' ';
    int skipped = apart ? 1 : 0;
    int[] parts = merger.ids(n);
    for (int i = skipped; i < n; i++) {
      parts[i - skipped] = tokenizer.byteId(bytes[i]);
    }
    int left = merger.merge(n - skipped);
    if (apart) {
      int joined = left == 1 ? tokenizer.withSpace(parts[0]) : -1;
      if (joined >= 0) {
        ids.add(joined);
        return;
      }
      add(tokenizer.byteId((byte) ' '));
    }
    for (int i = 0; i < left; i++) {
      add(parts[i]);
    }
  }

  private void add(int id) {
    if (id >= 0) {
      ids.add(id);
    } // else a byte that the vocabulary lacks
  }
}
