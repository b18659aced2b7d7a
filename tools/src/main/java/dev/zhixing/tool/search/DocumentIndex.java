package dev.zhixing.tool.search;

import dev.zhixing.tool.search.FolderScan.Version;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * The Lucene index of a folder: an entry for each file, with its version, and one for each of its
 * passages. Readers are opened for each search, because an interrupted thread closes the files that
 * it reads. {@code NIOFSDirectory} needs no native access, unlike the memory-mapped one.
 */
final class DocumentIndex {

  private static final String FILE = "file";
  private static final String KIND = "kind";
  private static final Term FILES = new Term(KIND, "file");
  private static final Term NOT_TEXT = new Term(KIND, "not text");
  private static final int LOCK_TRIES = 20;

  private final Path folder;
  private final Path indexFolder;

  DocumentIndex(Path folder, Path indexFolder) {
    this.folder = folder;
    this.indexFolder = indexFolder;
  }

  /** Takes in what has changed in the folder, and says how many documents were left out. */
  int refresh(FolderScan scan) throws IOException {
    Files.createDirectories(indexFolder);
    try (Directory directory = new NIOFSDirectory(indexFolder)) {
      boolean exists = DirectoryReader.indexExists(directory);
      Map<String, Version> indexed = exists ? versions(directory) : Map.of();
      List<String> changed = new ArrayList<>();
      scan.files()
          .forEach(
              (file, version) -> {
                if (!version.equals(indexed.get(file))) {
                  changed.add(file);
                }
              });
      List<String> gone = new ArrayList<>(indexed.keySet());
      gone.removeAll(scan.files().keySet());
      if (!exists || !changed.isEmpty() || !gone.isEmpty()) {
        try {
          update(directory, changed, gone, scan.files());
        } catch (LockObtainFailedException e) {
          if (!exists) {
            throw e;
          } // else another process is at work; what is there already will do
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        return scan.skipped() + new IndexSearcher(reader).count(new TermQuery(NOT_TEXT));
      }
    }
  }

  /** The best passages, at most so many. */
  List<Passage> search(String query, int most) throws IOException {
    try (Directory directory = new NIOFSDirectory(indexFolder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      var searcher = new IndexSearcher(reader);
      var stored = searcher.storedFields();
      var passages = new ArrayList<Passage>();
      for (ScoreDoc hit : searcher.search(PassageQuery.of(query), most).scoreDocs) {
        Document document = stored.document(hit.doc);
        passages.add(
            new Passage(
                document.get(FILE),
                document.get(PassageQuery.HEADING),
                document.get(PassageQuery.TEXT)));
      }
      return passages;
    }
  }

  /** Whether the index cannot be read again as it is; a lock or an interrupt is no damage. */
  static boolean isDamage(Exception problem) {
    return problem instanceof CorruptIndexException
        || problem instanceof IndexFormatTooOldException
        || problem instanceof IndexFormatTooNewException
        || problem instanceof EOFException
        || problem instanceof NoSuchFileException
        || problem instanceof RuntimeException;
  }

  /** Deletes the index's own files and nothing else that may lie in the folder. */
  void delete() throws IOException {
    try (Directory directory = new NIOFSDirectory(indexFolder);
        Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME);
        Stream<Path> files = Files.list(indexFolder)) {
      lock.ensureValid();
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.matches("(pending_)?segments_.*|_[0-9a-z]+(_.*)?\\..*")) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void update(
      Directory directory, List<String> changed, List<String> gone, Map<String, Version> versions)
      throws IOException {
    try (IndexWriter writer = writer(directory)) {
      for (String file : gone) {
        writer.deleteDocuments(new Term(FILE, file));
      }
      for (String file : changed) {
        Version version = versions.get(file);
        if (version != null) {
          writer.deleteDocuments(new Term(FILE, file));
          add(writer, file, version);
        }
      }
      writer.commit();
    }
  }

  private static IndexWriter writer(Directory directory) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return new IndexWriter(directory, new IndexWriterConfig(WordAnalyzer.forIndex()));
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
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  private void add(IndexWriter writer, String file, Version version) throws IOException {
    Optional<String> text = text(file);
    var entry = new Document();
    entry.add(new StringField(FILE, file, Field.Store.YES));
    entry.add(new StringField(KIND, FILES.text(), Field.Store.NO));
    entry.add(new StoredField("modified", version.modified()));
    entry.add(new StoredField("size", version.size()));
    if (text.isEmpty()) {
      entry.add(new StringField(KIND, NOT_TEXT.text(), Field.Store.NO));
    }
    writer.addDocument(entry);
    for (Passage passage : Passages.of(file, text.orElse(""))) {
      var document = new Document();
      document.add(new StringField(FILE, file, Field.Store.YES));
      document.add(new TextField(PassageQuery.NAME, words(file), Field.Store.NO));
      document.add(new TextField(PassageQuery.HEADING, passage.heading(), Field.Store.YES));
      document.add(new TextField(PassageQuery.TEXT, passage.text(), Field.Store.YES));
      writer.addDocument(document);
    }
  }

  /** The file's text; empty if it is not text or cannot be read, which leaves it out. */
  private Optional<String> text(String file) {
    try {
      return TextFile.read(folder.resolve(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String words(String file) {
    return file.replaceAll("[^\\p{L}\\p{N}]+", " ");
  }

  private static Map<String, Version> versions(Directory directory) throws IOException {
    var versions = new HashMap<String, Version>();
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      int files = reader.docFreq(FILES);
      if (files == 0) {
        return versions;
      }
      var searcher = new IndexSearcher(reader);
      var stored = searcher.storedFields();
      for (ScoreDoc hit : searcher.search(new TermQuery(FILES), files).scoreDocs) {
        Document entry = stored.document(hit.doc);
        versions.put(
            entry.get(FILE), new Version(number(entry, "modified"), number(entry, "size")));
      }
    }
    return versions;
  }

  private static long number(Document entry, String field) {
    var value = entry.getField(field);
    return value == null ? -1 : value.numericValue().longValue();
  }
}
