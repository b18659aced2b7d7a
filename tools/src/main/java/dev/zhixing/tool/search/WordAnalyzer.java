package dev.zhixing.tool.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * English words by their stems without stop words; Chinese, Japanese and Korean as pairs of
 * characters. The index also holds the single characters, so that a query of one character finds
 * something.
 */
final class WordAnalyzer extends Analyzer {

  private final boolean singleCharacters;

  private WordAnalyzer(boolean singleCharacters) {
    this.singleCharacters = singleCharacters;
  }

  static WordAnalyzer forIndex() {
    return new WordAnalyzer(true);
  }

  static WordAnalyzer forQuery() {
    return new WordAnalyzer(false);
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream stream = new CJKWidthFilter(words);
    stream = new LowerCaseFilter(stream);
    stream = new CJKBigramFilter(stream, allScripts(), singleCharacters);
    stream = new EnglishPossessiveFilter(stream);
    stream = new StopFilter(stream, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
    return new TokenStreamComponents(words, new PorterStemFilter(stream));
  }

  @Override
  protected TokenStream normalize(String field, TokenStream stream) {
    return new LowerCaseFilter(new CJKWidthFilter(stream));
  }

  private static int allScripts() {
    return CJKBigramFilter.HAN
        | CJKBigramFilter.HIRAGANA
        | CJKBigramFilter.KATAKANA
        | CJKBigramFilter.HANGUL;
  }
}
