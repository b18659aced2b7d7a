package dev.zhixing.chat.template;

/** Text that grows, with its marks; each character is counted. One thread. */
final class TextBuilder {
  private final Budget budget;
  private final StringBuilder characters = new StringBuilder();
  private final StringBuilder marks = new StringBuilder();

  TextBuilder(Budget budget) {
    this.budget = budget;
  }

  TextBuilder append(Text text) {
    budget.characters(text.length());
    characters.append(text.characters());
    marks.append(text.marks());
    return this;
  }

  TextBuilder append(String more, char mark) {
    budget.characters(more.length());
    characters.append(more);
    marks.repeat(mark, more.length());
    return this;
  }

  TextBuilder own(String more) {
    return append(more, Text.OWN);
  }

  int length() {
    return characters.length();
  }

  Text toText() {
    return characters.isEmpty() ? Text.EMPTY : new Text(characters.toString(), marks.toString());
  }

  MarkedText toMarkedText() {
    return new MarkedText(characters.toString(), marks.toString());
  }
}
