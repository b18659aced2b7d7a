package dev.zhixing.engine.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** What each token of a vocabulary counts as here, whatever its file makes of it. */
final class TokenKinds {
  /**
   * Spellings that end a turn or part the text of code models. A file may mark them as normal or
   * user-defined by mistake; a user who types them must not end a turn. The list is llama.cpp's.
   */
  private static final ByteStrings CONTROL =
      index(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<|return|>",
          "<|call|>",
          "<|flush|>",
          "<|calls|>",
          "<end_of_turn>",
          "<|endoftext|>",
          "</s>",
          "<|eom_id|>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "[EOS]",
          "<|end_of_text|>",
          "<end_of_utterance>",
          "<eos>",
          "<turn|>",
          "<|tool_response>",
          "<｜end▁of▁sentence｜>",
          "[e~[",
          "<|fim_prefix|>",
          "<fim-prefix>",
          "<fim_prefix>",
          "<｜fim▁begin｜>",
          "<PRE>",
          "▁<PRE>",
          "<|code_prefix|>",
          "<|prefix|>",
          "<|fim_suffix|>",
          "<fim-suffix>",
          "<fim_suffix>",
          "<｜fim▁hole｜>",
          "<SUF>",
          "▁<SUF>",
          "<|code_suffix|>",
          "<|suffix|>",
          "<|fim_middle|>",
          "<fim-middle>",
          "<fim_middle>",
          "<｜fim▁end｜>",
          "<MID>",
          "▁<MID>",
          "<|code_middle|>",
          "<|middle|>",
          "<|fim_pad|>",
          "<fim-pad>",
          "<fim_pad>",
          "<PAD>",
          "[PAD]",
          "<|fim_repo|>",
          "<|repo_name|>",
          "<fim-repo>",
          "<REPO>",
          "<reponame>",
          "<|file_sep|>");

  private TokenKinds() {}

  private static ByteStrings index(String... spellings) {
    PackedStrings packed = PackedStrings.of(List.of(spellings));
    ByteStrings index = new ByteStrings(packed);
    for (int i = 0; i < packed.size(); i++) {
      index.put(i);
    }
    return index;
  }

  /** The types of {@code tokens}; without any in the file all are normal but bos and eos. */
  static TokenType[] of(
      PackedStrings tokens, List<TokenType> types, OptionalInt bos, OptionalInt eos) {
    TokenType[] kinds = new TokenType[tokens.size()];
    Arrays.fill(kinds, TokenType.NORMAL);
    if (types.isEmpty()) {
      bos.ifPresent(id -> kinds[id] = TokenType.CONTROL);
      eos.ifPresent(id -> kinds[id] = TokenType.CONTROL);
    } else {
      types.toArray(kinds);
    }
    for (int id = 0; id < kinds.length; id++) {
      if (CONTROL.id(tokens.bytes(), tokens.start(id), tokens.end(id)) >= 0) {
        kinds[id] = TokenType.CONTROL;
      }
    }
    return kinds;
  }
}
