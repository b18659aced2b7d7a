package dev.zhixing.chat;

/** What a request may ask for, and a chat model's options may refuse. */
public enum RequestFeature {
  /** Tools on offer. */
  TOOLS("tools"),
  /** That a tool must be called. */
  REQUIRED_TOOLS("ToolChoice.REQUIRED"),
  /** An answer in JSON, of whatever schema. */
  JSON("JSON response format"),
  /** An answer in JSON of a certain schema. */
  JSON_SCHEMA("JSON response format with a schema"),
  /** Strings that end the answer. */
  STOP_SEQUENCES("stopSequences"),
  /** A limit of the answer's tokens. */
  OUTPUT_LIMIT("maxOutputTokens");

  private final String words;

  RequestFeature(String words) {
    this.words = words;
  }

  /** As messages call it. */
  String words() {
    return words;
  }
}
