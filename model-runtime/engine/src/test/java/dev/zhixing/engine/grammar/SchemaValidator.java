package dev.zhixing.engine.grammar;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks documents against schemas on their parsed form, independently of the grammar. */
public final class SchemaValidator {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  static final JsonMapper STRICT =
      MAPPER.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, Schema> named;

  private SchemaValidator(Map<String, Schema> named) {
    this.named = named;
  }

  /** Whether the document is JSON, whole, and of the shape. */
  public static boolean accepts(Schema schema, byte[] document) {
    try {
      return new SchemaValidator(Map.of()).accepts(schema, MAPPER.readTree(document));
    } catch (IOException e) {
      return false;
    }
  }

  private boolean accepts(Schema schema, @Nullable JsonNode value) {
    if (value == null || value.isMissingNode()) {
      return false;
    }
    return switch (schema) {
      case Schema.Obj object -> object(object, value);
      case Schema.Str string -> value.isTextual() && string(string, value.textValue());
      case Schema.Int integer ->
          value.isIntegralNumber() && integer(integer, value.bigIntegerValue().longValueExact());
      case Schema.Num number -> value.isNumber() && number(number, value.decimalValue());
      case Schema.Bool bool -> value.isBoolean();
      case Schema.Null none -> value.isNull();
      case Schema.Enum choice -> choice.values().stream().anyMatch(option -> same(option, value));
      case Schema.Const constant -> same(constant.value(), value);
      case Schema.Arr array -> array(array, value);
      case Schema.Subset subset -> subset(subset, value);
      case Schema.Tuple tuple -> tuple(tuple, value);
      case Schema.Ref ref -> accepts(Objects.requireNonNull(named.get(ref.name())), value);
      case Schema.Definitions definitions ->
          new SchemaValidator(definitions.named()).accepts(definitions.root(), value);
      case Schema.AnyOf any -> any.options().stream().anyMatch(option -> accepts(option, value));
      case Schema.Any any -> depth(value) <= any.depth();
    };
  }

  private static boolean integer(Schema.Int integer, long value) {
    Long min = integer.min();
    Long max = integer.max();
    Long step = integer.multipleOf();
    return (min == null || value >= min)
        && (max == null || value <= max)
        && (step == null || value % step == 0);
  }

  private static boolean number(Schema.Num number, BigDecimal value) {
    Double min = number.min();
    Double max = number.max();
    int low = min == null ? 1 : value.compareTo(new BigDecimal(min.toString()));
    int high = max == null ? -1 : value.compareTo(new BigDecimal(max.toString()));
    BigDecimal step = number.multipleOf();
    return (number.aboveMin() ? low > 0 : low >= 0)
        && (number.belowMax() ? high < 0 : high <= 0)
        && (step == null || value.remainder(step).signum() == 0);
  }

  private boolean subset(Schema.Subset subset, JsonNode value) {
    boolean different = true;
    for (int i = 0; i < value.size(); i++) {
      for (int j = 0; j < i; j++) {
        different &= !value.get(i).equals(value.get(j));
      }
    }
    return different
        && array(
            new Schema.Arr(new Schema.Enum(subset.values()), subset.min(), subset.max()), value);
  }

  private boolean tuple(Schema.Tuple tuple, JsonNode value) {
    Integer min = tuple.min();
    Integer max = tuple.max();
    Schema items = tuple.items();
    boolean fits =
        value.isArray()
            && (min == null || value.size() >= min)
            && (max == null || value.size() <= max);
    for (int i = 0; fits && i < value.size(); i++) {
      Schema item = i < tuple.prefix().size() ? tuple.prefix().get(i) : items;
      fits = item != null && accepts(item, value.get(i));
    }
    return fits;
  }

  private static boolean string(Schema.Str string, String text) {
    int length = text.codePointCount(0, text.length());
    Integer min = string.min();
    Integer max = string.max();
    boolean whole = text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000);
    boolean matches = true;
    for (String pattern : string.patterns()) {
      matches &= Pattern.compile(pattern.replaceAll("\\$$", "\\\\z")).matcher(text).find();
    }
    return whole && matches && (min == null || length >= min) && (max == null || length <= max);
  }

  private static boolean same(Object option, JsonNode value) {
    if (option instanceof Schema.Null) {
      return value.isNull();
    }
    JsonNode expected = MAPPER.valueToTree(option);
    return expected.isNumber()
        ? value.isNumber() && expected.decimalValue().compareTo(value.decimalValue()) == 0
        : expected.equals(value);
  }

  private boolean object(Schema.Obj object, JsonNode value) {
    if (!value.isObject()) {
      return false;
    }
    List<String> order = new ArrayList<>();
    for (Schema.Property property : object.properties()) {
      JsonNode member = value.get(property.name());
      if (member != null) {
        order.add(property.name());
      }
      if (member == null ? property.required() : !accepts(property.schema(), member)) {
        return false;
      }
    }
    List<String> found = new ArrayList<>();
    value.fieldNames().forEachRemaining(found::add);
    List<String> more = found.subList(Math.min(order.size(), found.size()), found.size());
    return found.subList(0, found.size() - more.size()).equals(order)
        && more.stream().allMatch(name -> other(object, name, value.get(name)));
  }

  /** Whether exactly the kinds of other properties that have the name accept the value. */
  private boolean other(Schema.Obj object, String name, JsonNode value) {
    List<Schema.Others> fit =
        object.others().stream().filter(other -> string(other.names(), name)).toList();
    List<Schema.Others> narrow =
        fit.stream().filter(other -> !other.names().equals(new Schema.Str())).toList();
    List<Schema.Others> meant = narrow.isEmpty() ? fit : narrow;
    return meant.size() == 1
        && accepts(meant.getFirst().schema(), value)
        && object.properties().stream().noneMatch(property -> property.name().equals(name));
  }

  private boolean array(Schema.Arr array, JsonNode value) {
    Integer min = array.min();
    Integer max = array.max();
    if (!value.isArray()
        || (min != null && value.size() < min)
        || (max != null && value.size() > max)) {
      return false;
    }
    for (JsonNode item : value) {
      if (!accepts(array.items(), item)) {
        return false;
      }
    }
    return true;
  }

  private static int depth(JsonNode value) {
    int deepest = 0;
    for (JsonNode child : value) {
      deepest = Math.max(deepest, depth(child));
    }
    return value.isContainerNode() ? deepest + 1 : 0;
  }
}
