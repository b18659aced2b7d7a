package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Schemas from a seed; satisfiable, and bounded so that documents stay short. */
public final class RandomSchema {
  private static final List<Object> VALUES =
      List.of(
          "on",
          "off",
          "o",
          "灯",
          "a \"b\"\\\n",
          1L,
          12L,
          -3L,
          1.5,
          true,
          new Schema.Null(),
          List.of(1, "x"),
          Map.of("k", List.of()));

  private final Random random;

  public RandomSchema(long seed) {
    random = new Random(seed);
  }

  /** A schema that nests at most {@code depth} deep. */
  public Schema next(int depth) {
    return switch (random.nextInt(depth > 0 ? 12 : 7)) {
      case 0 -> string();
      case 1 -> integer();
      case 2 -> number();
      case 3 -> new Schema.Bool();
      case 4, 5 -> choice();
      case 6 ->
          random.nextBoolean()
              ? new Schema.Null()
              : new Schema.Const(VALUES.get(random.nextInt(VALUES.size())));
      case 7 -> array(depth);
      case 8 -> new Schema.AnyOf(List.of(next(depth - 1), next(depth - 1)));
      case 9 -> new Schema.Any(Math.min(depth, 2));
      default -> object(depth);
    };
  }

  private Schema string() {
    int min = random.nextInt(4);
    return new Schema.Str(random.nextBoolean() ? min : null, min + random.nextInt(8));
  }

  private Schema integer() {
    long a = random.nextLong() >> random.nextInt(64);
    long b = random.nextLong() >> random.nextInt(64);
    return new Schema.Int(
        random.nextInt(4) > 0 ? Math.min(a, b) : null,
        random.nextInt(4) > 0 ? Math.max(a, b) : null);
  }

  private Schema number() {
    double a = (random.nextInt(2001) - 1000) / Math.pow(10, random.nextInt(5));
    double b = a + random.nextInt(1000) / Math.pow(10, random.nextInt(4));
    return new Schema.Num(random.nextInt(4) > 0 ? a : null, random.nextInt(4) > 0 ? b : null);
  }

  private Schema choice() {
    List<Object> values = new ArrayList<>();
    for (int n = random.nextInt(4); n >= 0; n--) {
      values.add(VALUES.get(random.nextInt(VALUES.size())));
    }
    return new Schema.Enum(values);
  }

  private Schema array(int depth) {
    int min = random.nextInt(3);
    return new Schema.Arr(
        next(depth - 1), random.nextBoolean() ? min : null, min + random.nextInt(3));
  }

  private Schema object(int depth) {
    List<Schema.Property> properties = new ArrayList<>();
    boolean allOptional = random.nextInt(4) == 0;
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = i == 2 ? "p" : i == 3 ? "房间 \"3\"" : "p" + i;
      properties.add(
          new Schema.Property(name, next(depth - 1), !allOptional && random.nextBoolean()));
    }
    return new Schema.Obj(properties);
  }
}
