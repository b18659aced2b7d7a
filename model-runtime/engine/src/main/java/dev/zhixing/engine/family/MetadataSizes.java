package dev.zhixing.engine.family;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;

/** Reads an architecture's sizes and constants from the metadata and checks them. */
final class MetadataSizes {
  private final ModelFile file;
  private final GgufMetadata metadata;
  private final String prefix;

  MetadataSizes(ModelFile file, String architecture) {
    this.file = file;
    this.metadata = file.metadata();
    this.prefix = architecture.concat(".");
  }

  boolean has(String name) {
    return metadata.has(key(name));
  }

  /** A size of 1 or more that must be there; an array is one if all its numbers are the same. */
  int size(String name) {
    return checked(name, value(name));
  }

  int size(String name, int fallback) {
    return has(name) ? size(name) : fallback;
  }

  /** A size that may be 0. */
  int sizeOrZero(String name, int fallback) {
    long value = has(name) ? value(name) : fallback;
    return value == 0 ? 0 : checked(name, value);
  }

  private long value(String name) {
    if (!metadata.isArray(key(name))) {
      return metadata.integer(key(name));
    }
    int[] values = metadata.integers(key(name));
    for (int value : values) {
      if (value != values[0]) {
        throw wrong(name, "the same number for every layer", values[0] + " and " + value);
      }
    }
    if (values.length == 0) {
      throw wrong(name, "a number", "an empty array");
    }
    return values[0];
  }

  private int checked(String name, long value) {
    if (value < 1 || value > 1 << 24) {
      throw wrong(name, "1 to 16777216", Long.toString(value));
    }
    return (int) value;
  }

  float real(String name) {
    return finite(name, metadata.real(key(name)));
  }

  float real(String name, double fallback) {
    return finite(name, metadata.findReal(key(name)).orElse(fallback));
  }

  private float finite(String name, double value) {
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw wrong(name, "a finite number", Double.toString(value));
    }
    return (float) value;
  }

  String text(String name, String fallback) {
    return metadata.string(key(name), fallback);
  }

  GgufException wrong(String name, String expected, String found) {
    return new GgufException(
        "%s: key '%s': expected %s, found %s".formatted(file.name(), key(name), expected, found));
  }

  String key(String name) {
    return prefix.concat(name);
  }
}
