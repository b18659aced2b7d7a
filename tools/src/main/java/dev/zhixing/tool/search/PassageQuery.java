package dev.zhixing.tool.search;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Turns words into a query for passages that hold any of them, best those that hold many or rare
 * ones. There is no query language, so nothing in the words is an operator.
 */
final class PassageQuery {

  static final String TEXT = "text";
  static final String HEADING = "heading";
  static final String NAME = "name";

  private static final int MOST_TERMS = 64;

  private PassageQuery() {}

  static Query of(String words) throws IOException {
    var query = new BooleanQuery.Builder();
    for (String term : terms(words)) {
      query.add(
          new DisjunctionMaxQuery(
              List.of(
                  new TermQuery(new Term(TEXT, term)),
                  new BoostQuery(new TermQuery(new Term(HEADING, term)), 1.5f),
                  new BoostQuery(new TermQuery(new Term(NAME, term)), 0.5f)),
              0.3f),
          Occur.SHOULD);
    }
    return query.build();
  }

  private static Set<String> terms(String words) throws IOException {
    var terms = new LinkedHashSet<String>();
    try (var analyzer = WordAnalyzer.forQuery();
        TokenStream stream = analyzer.tokenStream(TEXT, words)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && terms.size() < MOST_TERMS) {
        terms.add(term.toString());
      }
    }
    return terms;
  }
}
