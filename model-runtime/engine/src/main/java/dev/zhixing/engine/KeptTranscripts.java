package dev.zhixing.engine;

import dev.zhixing.engine.transformer.KeyValueCache;
import dev.zhixing.engine.transformer.PageCounter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Transcripts that are kept with their keys and values, in the order of their use. A conversation
 * that has a name holds on to its latest transcript: it goes after all others that nobody holds.
 * Not safe for several threads.
 */
final class KeptTranscripts {
  /** A kept transcript. */
  static final class Kept {
    final int[] tokens;
    final KeyValueCache cache;
    private int holders;
    private long used;

    private Kept(int[] tokens, KeyValueCache cache) {
      this.tokens = tokens;
      this.cache = cache;
    }
  }

  private final PageCounter pages;
  private final TokenTree<Kept> tree = new TokenTree<>(Comparator.comparingLong(k -> k.used));
  private final Set<Kept> byUse = new LinkedHashSet<>(); // the least recently used first
  private final Map<String, Kept> held = new HashMap<>();
  private long uses;

  /**
   * @param pages counts their pages
   */
  KeptTranscripts(PageCounter pages) {
    this.pages = pages;
  }

  int size() {
    return byUse.size();
  }

  /**
   * The transcript that has most tokens at the beginning in common, of several the latest; null if
   * none has one.
   */
  TokenTree.@Nullable Match<Kept> find(int... ids) {
    return tree.find(ids);
  }

  /** Takes note that a transcript was used. */
  void touch(Kept kept) {
    kept.used = ++uses;
    byUse.remove(kept);
    byUse.add(kept);
  }

  /**
   * Keeps a transcript, in place of those that it goes on from.
   *
   * @param conversation the name of the conversation that holds it now, null for none
   */
  void keep(int[] tokens, KeyValueCache cache, @Nullable String conversation) {
    TokenTree.@Nullable Match<Kept> match = tree.find(tokens);
    Kept kept;
    if (match != null && match.length() == tokens.length) {
      kept = match.value();
    } else {
      if (match != null) {
        cache.sharePages(match.value().cache, match.length());
      }
      kept = new Kept(tokens, cache.fork(tokens.length, pages));
      tree.put(tokens, kept);
    }
    touch(kept);
    if (conversation != null) {
      hold(kept, conversation);
    }
    for (Kept beginning : tree.beginnings(tokens)) {
      if (beginning != kept && beginning.holders == 0) {
        remove(beginning);
      }
    }
  }

  private void hold(Kept kept, String conversation) {
    kept.holders++;
    Kept before = held.put(conversation, kept);
    if (before != null) {
      before.holders--;
    }
  }

  /**
   * Forgets the least recently used transcript, one that a conversation holds only if there is no
   * other.
   *
   * @param but stays, null for none
   * @return whether there was one
   */
  boolean forgetOldest(@Nullable Kept but) {
    Kept oldest = null;
    for (Kept kept : byUse) {
      if (kept != but && (oldest == null || (oldest.holders > 0 && kept.holders == 0))) {
        oldest = kept;
      }
    }
    if (oldest == null) {
      return false;
    }
    remove(oldest);
    return true;
  }

  private void remove(Kept kept) {
    tree.remove(kept.tokens);
    byUse.remove(kept);
    kept.cache.truncate(0);
    if (kept.holders > 0) {
      held.values().removeIf(other -> other == kept);
    }
  }

  /** Forgets all. */
  void clear() {
    while (forgetOldest(null)) {
      // one after the other
    }
  }
}
