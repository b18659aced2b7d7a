package dev.zhixing.engine.grammar;

import java.math.BigDecimal;
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

  private static final List<String> PATTERNS =
      List.of(
          "^[a-z]+$",
          "\\d",
          "^\\w{2,4}(-\\w+)*$",
          "^(灯|客厅)?[^\"]*$",
          "^\\S+$",
          "^[\\n\\t x]{3,}",
          "\\\\|[\"{}]$",
          "^(?:[A-F0-9]{2}){2,3}$");

  private final Random random;

  public RandomSchema(long seed) {
    random = new Random(seed);
  }

  /** A schema that nests at most {@code depth} deep, not counting what definitions do. */
  public Schema next(int depth) {
    if (random.nextInt(6) > 0) {
      return part(depth, false);
    }
    Schema list =
        new Schema.Obj(
            Schema.Property.required("v", part(depth - 1, false)),
            Schema.Property.optional("next", new Schema.Ref("list")));
    Schema tree = new Schema.Arr(part(depth - 1, true), null, 2);
    Schema other = new Schema.AnyOf(List.of(new Schema.Int(0L, 9L), new Schema.Ref("tree")));
    return new Schema.Definitions(
        Map.of("list", list, "tree", tree, "other", other), part(depth, true));
  }

  private Schema part(int depth, boolean mayRefer) {
    if (mayRefer && random.nextInt(3) == 0) {
      return new Schema.Ref(List.of("list", "tree", "other").get(random.nextInt(3)));
    }
    return switch (random.nextInt(depth > 0 ? 14 : 7)) {
      case 0 -> string();
      case 1 -> integer();
      case 2 -> number();
      case 3 -> new Schema.Bool();
      case 4, 5 -> choice();
      case 6 ->
          random.nextBoolean()
              ? new Schema.Null()
              : new Schema.Const(VALUES.get(random.nextInt(VALUES.size())));
      case 7 -> array(depth, mayRefer);
      case 8 -> new Schema.AnyOf(List.of(part(depth - 1, mayRefer), part(depth - 1, mayRefer)));
      case 9 -> new Schema.Any(Math.min(depth, 2));
      case 10 ->
          new Schema.Tuple(
              List.of(part(depth - 1, mayRefer), part(depth - 1, mayRefer)),
              random.nextBoolean() ? part(depth - 1, mayRefer) : null,
              random.nextInt(3),
              2 + random.nextInt(2));
      default -> object(depth, mayRefer);
    };
  }

  private Schema string() {
    int min = random.nextInt(4);
    if (random.nextInt(3) == 0) {
      String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
      return random.nextBoolean()
          ? Schema.Str.matching(pattern)
          : new Schema.Str(min, 5 + random.nextInt(8), List.of(pattern));
    }
    if (random.nextInt(6) == 0) {
      Format[] formats = Format.values();
      return Schema.Str.matching(formats[random.nextInt(formats.length)].pattern());
    }
    return new Schema.Str(random.nextBoolean() ? min : null, min + random.nextInt(8));
  }

  private Schema integer() {
    long a = random.nextLong() >> random.nextInt(64);
    long b = random.nextLong() >> random.nextInt(64);
    boolean stepped = random.nextInt(4) == 0;
    return new Schema.Int(
        random.nextInt(4) > 0 ? (stepped ? Math.min(a, 0) : Math.min(a, b)) : null,
        random.nextInt(4) > 0 ? (stepped ? Math.max(b, 0) : Math.max(a, b)) : null,
        stepped ? 1L + random.nextInt(120) : null);
  }

  private Schema number() {
    double a = (random.nextInt(2001) - 1000) / Math.pow(10, random.nextInt(5));
    double b = a + random.nextInt(1000) / Math.pow(10, random.nextInt(4));
    if (random.nextInt(4) == 0) {
      BigDecimal step = BigDecimal.valueOf(1 + random.nextInt(25), random.nextInt(4));
      return new Schema.Num(-Math.abs(a), 1 + Math.abs(b), false, random.nextBoolean(), step);
    }
    boolean open = a < b && random.nextBoolean();
    return new Schema.Num(
        random.nextInt(4) > 0 ? a : null, random.nextInt(4) > 0 ? b : null, open, open, null);
  }

  private Schema choice() {
    List<Object> values = new ArrayList<>();
    for (int n = random.nextInt(4); n >= 0; n--) {
      values.add(VALUES.get(random.nextInt(VALUES.size())));
    }
    return new Schema.Enum(values);
  }

  private Schema array(int depth, boolean mayRefer) {
    int min = random.nextInt(3);
    if (random.nextInt(4) == 0) {
      return new Schema.Subset(VALUES.subList(min, 6 + min), min, null);
    }
    return new Schema.Arr(
        part(depth - 1, mayRefer), random.nextBoolean() ? min : null, min + random.nextInt(3));
  }

  private Schema object(int depth, boolean mayRefer) {
    List<Schema.Property> properties = new ArrayList<>();
    boolean allOptional = random.nextInt(4) == 0;
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = i == 2 ? "p" : i == 3 ? "房间 \"3\"" : "p" + i;
      properties.add(
          new Schema.Property(
              name, part(depth - 1, mayRefer), !allOptional && random.nextBoolean()));
    }
    List<Schema.Others> others = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      others.add(new Schema.Others(part(depth - 1, mayRefer)));
    }
    if (random.nextInt(6) == 0) {
      others.add(new Schema.Others(Schema.Str.matching("^[px]\\d?$"), part(depth - 1, mayRefer)));
    }
    return new Schema.Obj(properties, others);
  }
}
