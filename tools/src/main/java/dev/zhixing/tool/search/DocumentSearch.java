package dev.zhixing.tool.search;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Searches the text and Markdown files of a folder, in Chinese and English. The index lies in a
 * folder of its own, survives the process, and takes in before each search what has changed (by
 * path, time and size). A damaged index is built anew. Files that are binary, larger than 2 MiB or
 * beyond the first 5,000 are left out and counted.
 *
 * <p>Lucene is loaded by the first search, not before. Safe for all threads; of several processes
 * one at a time updates the index.
 */
public final class DocumentSearch {

  private static final System.Logger LOG = System.getLogger(DocumentSearch.class.getName());
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_PASSAGES = 3;

  private final Path folder;
  private final Path indexFolder;
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * Searches {@code folder} by an index in {@code indexFolder}, which is made where it is missing
   * and must serve no other folder.
   */
  public DocumentSearch(Path folder, Path indexFolder) {
    this.folder = folder;
    this.indexFolder = indexFolder;
  }

  /** The passages found, best first, and the number of documents left out. */
  public record Found(List<Passage> passages, int skipped) {
    /** Copies the list. */
    public Found {
      passages = List.copyOf(passages);
    }
  }

  /**
   * The best three passages.
   *
   * @throws SearchException if the folder or the index cannot be used
   */
  public Found find(String query) {
    if (!Files.isDirectory(folder)) {
      throw new SearchException(
          folder + ": expected a folder with documents, found none; create it, or name another");
    }
    var index = new DocumentIndex(folder, indexFolder);
    turn.lock();
    try {
      FolderScan scan = FolderScan.of(folder);
      try {
        return find(index, scan, query);
      } catch (IOException | RuntimeException e) {
        if (!DocumentIndex.isDamage(e)) {
          throw e;
        }
        LOG.log(System.Logger.Level.WARNING, "{0}: built anew after {1}", indexFolder, e);
        index.delete();
        return find(index, scan, query);
      }
    } catch (IOException | RuntimeException e) {
      throw new SearchException(
          folder + ": cannot be searched by the index in " + indexFolder + ": " + e, e);
    } finally {
      turn.unlock();
    }
  }

  private static Found find(DocumentIndex index, FolderScan scan, String query) throws IOException {
    int skipped = index.refresh(scan);
    return new Found(index.search(query, MOST_PASSAGES), skipped);
  }

  /**
   * As {@link #find}, as JSON: <code>
   * {"results":[{"file":"shop/returns.md","heading":"Refunds","text":"…"}],"skipped":1}</code>. The
   * heading and the count are there only where there are any.
   */
  public String search(String query) {
    Found found = find(query);
    var answer = JSON.createObjectNode();
    var results = answer.putArray("results");
    for (Passage passage : found.passages()) {
      var result = results.addObject().put("file", passage.file());
      if (!passage.heading().isEmpty()) {
        result.put("heading", passage.heading());
      }
      result.put("text", passage.text());
    }
    if (found.skipped() > 0) {
      answer.put("skipped", found.skipped());
    }
    return answer.toString();
  }
}
