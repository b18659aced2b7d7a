package dev.zhixing.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the key-value part of a GGUF file. */
final class MetadataReader {
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int MAX_DEPTH = 4;

  /** More than any vocabulary has in all its keys; a hostile file's shall not fill the heap. */
  private static final int MAX_STRINGS = 1 << 21;

  private final String file;
  private final ByteReader in;
  private long strings; // in arrays, so far

  MetadataReader(String file, ByteReader in) {
    this.file = file;
    this.in = in;
  }

  GgufMetadata read(int count) {
    Map<String, Object> values = LinkedHashMap.newLinkedHashMap(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      in.at("metadata key ", Integer.toString(i));
      String key = in.string();
      in.at("metadata key ", key);
      if (values.put(key, value(key, in.int32(), 0)) != null) {
        throw new GgufException(file + ": metadata key '" + key + "': expected once, found twice");
      }
    }
    return new GgufMetadata(file, values);
  }

  /** Reads each value's bytes, its type before them. */
  Map<String, ByteBuffer> readEncoded(int count, MemorySegment bytes) {
    Map<String, ByteBuffer> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = in.string();
      long from = in.position();
      value(key, in.int32(), 0);
      byte[] encoded = bytes.asSlice(from, in.position() - from).toArray(ValueLayout.JAVA_BYTE);
      values.put(key, ByteBuffer.wrap(encoded));
    }
    return values;
  }

  private Object value(String key, int type, int depth) {
    return switch (type) {
      case 0 -> (short) (in.int8() & 0xff);
      case 1 -> in.int8();
      case 2 -> in.int16() & 0xffff;
      case 3 -> in.int16();
      case 4 -> in.int32() & 0xffff_ffffL;
      case 5 -> in.int32();
      case 6 -> Float.intBitsToFloat(in.int32());
      case 7 -> in.int8() != 0;
      case STRING -> in.string();
      case ARRAY -> array(key, depth);
      case 10 -> ScalarType.unsigned(in.int64());
      case 11 -> in.int64();
      case 12 -> Double.longBitsToDouble(in.int64());
      default -> throw unknownType(key, type);
    };
  }

  private List<?> array(String key, int depth) {
    int type = in.int32();
    long announced = in.int64();
    return switch (type) {
      case STRING -> strings(key, in.count(announced, 8, "strings"));
      case ARRAY -> arrays(key, in.count(announced, 12, "arrays"), depth + 1);
      default -> scalars(ScalarType.of(type).orElseThrow(() -> unknownType(key, type)), announced);
    };
  }

  private List<?> scalars(ScalarType type, long announced) {
    int count = in.count(announced, type.bytes(), "values");
    long bytes = (long) count * type.bytes();
    MemorySegment values = in.slice(in.position(), bytes);
    in.skip(bytes);
    return new GgufScalars(type, count, values);
  }

  private GgufStrings strings(String key, int count) {
    strings += count;
    if (strings > MAX_STRINGS) {
      throw new GgufException(
          "%s: metadata key '%s': expected at most %d strings in all keys up to here, found %d"
              .formatted(file, key, MAX_STRINGS, strings));
    }
    int[] starts = new int[count + 1];
    long first = in.position() + Long.BYTES;
    for (int i = 0; i < count; i++) {
      int length = in.count(in.int64(), 1, "bytes of text");
      starts[i] = start(key, in.position() - first);
      in.skip(length);
    }
    long end = in.position() - first;
    starts[count] = start(key, end + Long.BYTES);
    return new GgufStrings(in.slice(count == 0 ? in.position() : first, Math.max(0, end)), starts);
  }

  private int start(String key, long offset) {
    if (offset > Integer.MAX_VALUE - Long.BYTES) {
      throw new GgufException(
          "%s: metadata key '%s': expected strings of less than 2 GiB together, found more"
              .formatted(file, key));
    }
    return (int) offset;
  }

  private List<?> arrays(String key, int count, int depth) {
    if (depth > MAX_DEPTH) {
      throw new GgufException(
          "%s: metadata key '%s': expected arrays at most %d deep, found more"
              .formatted(file, key, MAX_DEPTH));
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(array(key, depth));
    }
    return Collections.unmodifiableList(values);
  }

  private GgufException unknownType(String key, int type) {
    return new GgufException(
        "%s: metadata key '%s': expected a value type from 0 to 12, found %d; the file is damaged"
            .formatted(file, key, type));
  }
}
