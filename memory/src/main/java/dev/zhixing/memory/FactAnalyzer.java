package dev.zhixing.memory;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * English words by their stems without {@link StopWords}; Chinese, Japanese and Korean as pairs of
 * characters. Facts also keep the single characters, so that a query of one character finds them.
 */
final class FactAnalyzer extends Analyzer {

  private static final int SCRIPTS =
      CJKBigramFilter.HAN
          | CJKBigramFilter.HIRAGANA
          | CJKBigramFilter.KATAKANA
          | CJKBigramFilter.HANGUL;

  private final boolean singleCharacters;

  private FactAnalyzer(boolean singleCharacters) {
    this.singleCharacters = singleCharacters;
  }

  static FactAnalyzer forFacts() {
    return new FactAnalyzer(true);
  }

  static FactAnalyzer forQueries() {
    return new FactAnalyzer(false);
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream stream = new LowerCaseFilter(new CJKWidthFilter(words));
    stream = new CJKBigramFilter(stream, SCRIPTS, singleCharacters);
    stream = new StopFilter(new EnglishPossessiveFilter(stream), StopWords.ENGLISH);
    return new TokenStreamComponents(words, new PorterStemFilter(stream));
  }

  @Override
  protected TokenStream normalize(String field, TokenStream stream) {
    return new LowerCaseFilter(new CJKWidthFilter(stream));
  }
}
