package dev.zhixing.samples.recipe.code;

import dev.zhixing.samples.recipe.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A program for a request.
 *
 * @param section the phrase book's section that asks for it
 * @param code the JavaScript
 * @param output what it prints, without the last line feed
 * @param slots what the wording mentions
 */
record Program(String section, String code, String output, Map<String, Value> slots) {

  Program {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }

  static Program of(String section, String code, Object output) {
    return new Program(section, code, String.valueOf(output), Map.of());
  }

  Program saying(String slot, Value value) {
    Map<String, Value> more = new LinkedHashMap<>(slots);
    more.put(slot, value);
    return new Program(section, code, output, more);
  }
}
