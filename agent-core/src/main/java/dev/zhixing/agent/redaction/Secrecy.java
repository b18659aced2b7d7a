package dev.zhixing.agent.redaction;

/** What a name says about the value that follows it. */
enum Secrecy {
  /** It is no secret. */
  NONE,
  /** It is one if it looks like one: letters and digits in no order. */
  IF_RANDOM,
  /** A token: of a service, or of a text, which is counted in small numbers. */
  TOKEN,
  /** A secret without white space. */
  KEY,
  /** A few digits, which may follow the name without more. */
  PIN,
  /** A word, or several where the line holds nothing else. */
  PASSWORD,
  /** Several words. */
  PHRASE,
  /** The rest of a header's line. */
  HEADER
}
