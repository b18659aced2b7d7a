package dev.zhixing.samples.cli;

/** Colours on a terminal that has them; plain text elsewhere. */
enum Palette {
  PLAIN(false),
  COLOURED(true);

  private final boolean coloured;

  Palette(boolean coloured) {
    this.coloured = coloured;
  }

  static Palette of(boolean colours) {
    return colours ? COLOURED : PLAIN;
  }

  String dim(String text) {
    return paint("2", text);
  }

  String bold(String text) {
    return paint("1", text);
  }

  String blue(String text) {
    return paint("34", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String yellow(String text) {
    return paint("33", text);
  }

  String red(String text) {
    return paint("31", text);
  }

  private String paint(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
