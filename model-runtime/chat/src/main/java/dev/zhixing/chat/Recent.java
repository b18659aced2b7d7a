package dev.zhixing.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that were used last, by their keys. Safe for all threads.
 *
 * @param <K> keys, immutable
 * @param <V> values
 */
final class Recent<K, V> {
  private final Map<K, V> values;

  /**
   * @param most how many are kept
   */
  Recent(int most) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  synchronized @Nullable V find(K key) {
    return values.get(key);
  }

  synchronized void put(K key, V value) {
    values.put(key, value);
  }

  /** The value of a key; made, where there is none, by one thread at a time. */
  synchronized V get(K key, Function<K, V> maker) {
    return values.computeIfAbsent(key, maker);
  }
}
