package dev.zhixing.samples.recipe;

/** A language of the recipe. The code is the one that evaluation tasks carry. */
public enum Language {
  EN("en"),
  ZH("zh");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
