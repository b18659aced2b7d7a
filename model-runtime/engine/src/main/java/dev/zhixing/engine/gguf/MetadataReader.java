package dev.zhixing.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
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
      case 10, 11 -> in.int64();
      case 12 -> Double.longBitsToDouble(in.int64());
      default -> throw unknownType(key, type);
    };
  }

  private Object array(String key, int depth) {
    int type = in.int32();
    long announced = in.int64();
    return switch (type) {
      case 0, 1 -> bytes(in.count(announced, 1, "values"));
      case 2, 3 -> shorts(in.count(announced, 2, "values"));
      case 4, 5 -> ints(in.count(announced, 4, "values"));
      case 6 -> floats(in.count(announced, 4, "values"));
      case 7 -> flags(in.count(announced, 1, "values"));
      case STRING -> strings(key, in.count(announced, 8, "strings"));
      case ARRAY -> arrays(key, in.count(announced, 12, "arrays"), depth + 1);
      case 10, 11 -> longs(in.count(announced, 8, "values"));
      case 12 -> doubles(in.count(announced, 8, "values"));
      default -> throw unknownType(key, type);
    };
  }

  private byte[] bytes(int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.int8();
    }
    return values;
  }

  private short[] shorts(int count) {
    short[] values = new short[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.int16();
    }
    return values;
  }

  private int[] ints(int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.int32();
    }
    return values;
  }

  private long[] longs(int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.int64();
    }
    return values;
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(in.int32());
    }
    return values;
  }

  private double[] doubles(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = Double.longBitsToDouble(in.int64());
    }
    return values;
  }

  private boolean[] flags(int count) {
    boolean[] values = new boolean[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.int8() != 0;
    }
    return values;
  }

  private String[] strings(String key, int count) {
    strings += count;
    if (strings > MAX_STRINGS) {
      throw new GgufException(
          "%s: metadata key '%s': expected at most %d strings in all keys up to here, found %d"
              .formatted(file, key, MAX_STRINGS, strings));
    }
    String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.string();
    }
    return values;
  }

  private Object[] arrays(String key, int count, int depth) {
    if (depth > MAX_DEPTH) {
      throw new GgufException(
          "%s: metadata key '%s': expected arrays at most %d deep, found more"
              .formatted(file, key, MAX_DEPTH));
    }
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = array(key, depth);
    }
    return values;
  }

  private GgufException unknownType(String key, int type) {
    return new GgufException(
        "%s: metadata key '%s': expected a value type from 0 to 12, found %d; the file is damaged"
            .formatted(file, key, type));
  }
}
