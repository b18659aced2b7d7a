package dev.zhixing.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * The Lucene side of {@link FactStore}, opened for each use: a closed index has no locks, and an
 * interrupted thread would close the files of an open one. {@code NIOFSDirectory} needs no native
 * access, unlike the memory-mapped one.
 */
final class FactIndex {

  private static final String KEY = "key";
  private static final String FACT = "fact";
  private static final String TIME = "time";
  private static final int MOST_TERMS = 64;
  private static final int LOCK_TRIES = 100;
  private static final int LOCK_PAUSE_MILLIS = 50;

  private static final int PREFIX_FROM = 6;
  private static final float PREFIX_WEIGHT = 0.3f;

  /** Facts that score less than this share of the best one only share a common word with it. */
  private static final float NOISE = 0.3f;

  /** By score, then the newest; what was added later counts as newer at the same millisecond. */
  private static final Sort BEST =
      new Sort(
          SortField.FIELD_SCORE,
          new SortField(TIME, SortField.Type.LONG, true),
          new SortField(null, SortField.Type.DOC, true));

  private final Path folder;

  FactIndex(Path folder) {
    this.folder = folder;
  }

  boolean add(String fact, long time) throws IOException {
    Files.createDirectories(folder);
    var key = new Term(KEY, key(fact));
    var document = new Document();
    document.add(new StringField(KEY, key.text(), Field.Store.NO));
    document.add(new TextField(FACT, fact, Field.Store.YES));
    document.add(new NumericDocValuesField(TIME, time));
    document.add(new StoredField(TIME, time));
    try (Directory directory = new NIOFSDirectory(folder);
        IndexWriter writer = writer(directory)) {
      boolean isNew = !contains(writer, key);
      writer.updateDocument(key, document);
      writer.commit();
      return isNew;
    }
  }

  boolean remove(String fact) throws IOException {
    if (!exists()) {
      return false;
    }
    var key = new Term(KEY, key(fact));
    try (Directory directory = new NIOFSDirectory(folder);
        IndexWriter writer = writer(directory)) {
      boolean found = contains(writer, key);
      writer.deleteDocuments(key);
      writer.commit();
      return found;
    }
  }

  List<String> search(String words, int most) throws IOException {
    if (!exists()) {
      return List.of();
    }
    try (Directory directory = new NIOFSDirectory(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      var searcher = new IndexSearcher(reader);
      var stored = searcher.storedFields();
      TopFieldDocs hits = searcher.search(query(words), most, BEST, true);
      var facts = new ArrayList<String>();
      for (ScoreDoc hit : hits.scoreDocs) {
        if (score(hit) >= NOISE * score(hits.scoreDocs[0])) {
          facts.add(stored.document(hit.doc).get(FACT));
        }
      }
      return facts;
    }
  }

  private static float score(ScoreDoc hit) {
    return hit instanceof FieldDoc sorted && sorted.fields[0] instanceof Float score
        ? score
        : hit.score;
  }

  private static Query query(String words) throws IOException {
    var query = new BooleanQuery.Builder();
    int terms = 0;
    try (var analyzer = FactAnalyzer.forQueries();
        TokenStream stream = analyzer.tokenStream(FACT, StopWords.withoutChinese(words))) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && terms < MOST_TERMS) {
        addTerm(query, term.toString());
        terms++;
      }
    }
    return terms == 0 ? MatchAllDocsQuery.INSTANCE : query.build();
  }

  /** Also finds, less well, what begins alike: "allergies" and "allergic" have different stems. */
  private static void addTerm(BooleanQuery.Builder query, String term) {
    query.add(new TermQuery(new Term(FACT, term)), Occur.SHOULD);
    if (term.length() >= PREFIX_FROM) {
      var beginning = new Term(FACT, term.substring(0, term.length() - 2));
      query.add(new BoostQuery(new PrefixQuery(beginning), PREFIX_WEIGHT), Occur.SHOULD);
    }
  }

  private boolean exists() throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Directory directory = new NIOFSDirectory(folder)) {
      return DirectoryReader.indexExists(directory);
    }
  }

  private static boolean contains(IndexWriter writer, Term key) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      return reader.docFreq(key) > 0;
    }
  }

  private static IndexWriter writer(Directory directory) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return new IndexWriter(directory, new IndexWriterConfig(FactAnalyzer.forFacts()));
      } catch (LockObtainFailedException e) {
        if (tries == LOCK_TRIES) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(LockObtainFailedException reason) throws LockObtainFailedException {
    try {
      Thread.sleep(LOCK_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  /** What equal facts have in common, within the length of a term. */
  private static String key(String fact) {
    return Normalizer.normalize(fact, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ")
        .replaceAll("[.。!！ ]+$", "")
        .strip();
  }
}
