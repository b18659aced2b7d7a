package dev.zhixing.samples.recipe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The things that requests are about: order numbers, names, products, addresses, dates, sums. Ids
 * are made up at random; the rest comes from the lists in {@code things.LANG.phrases} and from a
 * suite's own book, where a section named like the slot goes first. Immutable.
 */
public final class Things implements Script.Source {

  private static final Pattern MARK = Pattern.compile("\u0001([^\u0002]+)\u0002");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

  private final Phrasebook english = Phrasebook.load("things.en");
  private final Phrasebook chinese = Phrasebook.load("things.zh");
  private final Phrasebook ownEnglish;
  private final Phrasebook ownChinese;

  /** The common things and those of a suite. */
  public Things(Phrasebook ownEnglish, Phrasebook ownChinese) {
    this.ownEnglish = ownEnglish;
    this.ownChinese = ownChinese;
  }

  @Override
  public Value draw(String slot, Draw draw) {
    String kind = slot.replaceAll("\\d+$", "");
    return switch (kind) {
      case "order_id" -> orderId(draw);
      case "order" -> Value.text(orderNumber(draw));
      case "ticket" ->
          Value.text(code(draw, draw.between(1, 2), draw.pick("-", "-", ""), draw.between(3, 4)));
      case "code" -> Value.text(anyCode(draw));
      case "pin" -> Value.text(digits(draw, draw.between(4, 6)));
      case "phone" -> Value.text(phone(draw));
      case "amount" -> amount(draw);
      case "date" -> Value.text(date(draw).toString());
      case "address" -> Value.text(draw.isChinese() ? chineseAddress(draw) : englishAddress(draw));
      case "name" -> Value.text(draw.isChinese() ? chineseName(draw) : madeUp(draw));
      case "days" -> number(draw.between(2, 5), draw);
      case "more" -> number(draw.between(6, 14), draw);
      case "span" -> number(draw.pick(7, 10, 14, 15, 28, 30, 45, 60, 90, 100), draw);
      case "sum" -> number(draw.pick(25, 29, 30, 39, 49, 50, 59, 75, 79, 88, 99, 120, 199), draw);
      case "evening" -> number(draw.between(16, 22), draw);
      case "number" -> number(draw.between(2, 999), draw);
      case "metres" -> number(draw.between(900, 8900), draw);
      case "meters" -> number(draw.between(40, 640), draw);
      case "feet" -> number(draw.between(3000, 29_000), draw);
      case "year" -> number(draw.between(1820, 2025), draw);
      case "people" ->
          Value.text(
              Numbers.digits(
                  BigDecimal.valueOf(draw.between(2, 9999) * draw.pick(100L, 1000L, 1L))));
      case "cost", "age" -> number(draw.between(3, 99), draw);
      case "hour" -> number(draw.between(16, 22), draw);
      case "morning" -> number(draw.between(6, 11), draw);
      case "oven" -> number(draw.between(13, 25) * 10L, draw);
      case "minutes" -> number(draw.between(8, 95), draw);
      case "grams", "km" -> number(draw.between(41, 1900), draw);
      case "rate" -> Value.text(draw.between(1, 19) + "." + digits(draw, draw.between(1, 3)));
      case "degrees" -> Value.text(String.valueOf(draw.between(-12, 38)));
      case "dom" -> number(draw.between(1, 28), draw);
      case "monthno" -> number(draw.between(1, 12), draw);
      case "two" -> number(draw.between(2, 12), draw);
      default -> listed(kind, draw);
    };
  }

  private Value listed(String kind, Draw draw) {
    Phrasebook own = draw.isChinese() ? ownChinese : ownEnglish;
    Phrasebook common = draw.isChinese() ? chinese : english;
    Phrasebook book = own.has(kind) ? own : common;
    if (!book.has(kind)) {
      return switch (kind) {
        case "price" -> number(price(draw), draw);
        case "few" -> number(draw.between(2, 9), draw);
        default -> throw new IllegalArgumentException("slot {" + kind + "}: no such thing");
      };
    }
    String text = draw.reply(book, kind, book.marks(kind));
    return Value.text(
        MARK.matcher(text)
            .replaceAll(m -> Matcher.quoteReplacement(draw(m.group(1), draw).shown())));
  }

  private static Value number(long n, Draw draw) {
    return new Value(JSON.numberNode(n), Numbers.say(n, draw), String.valueOf(n));
  }

  private static Value number(BigDecimal n, Draw draw) {
    return new Value(JSON.numberNode(n), Numbers.money(n, draw), Numbers.digits(n));
  }

  /** A sum of money for an argument: whole or with cents. */
  public static Value amount(Draw draw) {
    return number(draw.chance(0.5) ? BigDecimal.valueOf(draw.between(3, 120)) : price(draw), draw);
  }

  /** A price with up to two decimals. */
  public static BigDecimal price(Draw draw) {
    BigDecimal n =
        switch (draw.between(0, 3)) {
          case 0 -> BigDecimal.valueOf(draw.between(5, 900));
          case 1 -> BigDecimal.valueOf(draw.between(3, 300) * 10L + 9, 1);
          case 2 -> BigDecimal.valueOf(draw.between(2, 250) * 100L + draw.pick(50, 95, 99, 25), 2);
          default -> BigDecimal.valueOf(draw.between(300, 60_000), 2);
        };
    return new BigDecimal(Numbers.digits(n));
  }

  /** A day of 2025 or 2026. */
  public static LocalDate date(Draw draw) {
    return LocalDate.of(2025, 1, 1).plusDays(draw.between(0, 729));
  }

  private static Value orderId(Draw draw) {
    String id = orderNumber(draw);
    String said = id;
    boolean plain = id.chars().allMatch(c -> c >= '0' && c <= '9');
    if (plain && draw.chance(draw.isChinese() ? 0.06 : 0.03)) {
      said = Numbers.digitByDigit(id, draw);
    } else if (draw.chance(0.03)) {
      said =
          orderNumber(draw)
              + draw.say(
                  draw.pick(", sorry, ", ", no, ", "... i mean "), draw.pick("，不对，", "，说错了，是"))
              + id;
    } else if (!plain && draw.chance(0.1)) {
      said = id.toLowerCase(java.util.Locale.ROOT);
      id = said;
    }
    return Value.text(id, said);
  }

  private static String orderNumber(Draw draw) {
    return switch (draw.between(0, 11)) {
      case 0 -> code(draw, 2, "-", draw.between(3, 4));
      case 1 -> code(draw, draw.between(1, 3), draw.pick("-", ""), draw.between(3, 6));
      case 2 -> LETTERS.charAt(draw.between(0, 23)) + digits(draw, 1) + "-" + digits(draw, 4);
      case 3 -> digits(draw, draw.between(6, 8));
      case 4 -> digits(draw, draw.pick(4, 3)) + "-" + digits(draw, draw.between(3, 5));
      case 5 -> digits(draw, 4);
      default -> digits(draw, 5);
    };
  }

  static String code(Draw draw, int letters, String joint, int digits) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      out.append(LETTERS.charAt(draw.between(0, LETTERS.length() - 1)));
    }
    return out + joint + digits(draw, digits);
  }

  private static String anyCode(Draw draw) {
    return switch (draw.between(0, 4)) {
      case 0 -> digits(draw, draw.between(3, 6));
      case 1 -> code(draw, 3, "", 6);
      case 2 -> code(draw, draw.between(1, 3), draw.pick("-", "", " "), draw.between(2, 5));
      case 3 -> madeUp(draw).toLowerCase(java.util.Locale.ROOT) + digits(draw, draw.between(2, 4));
      default -> digits(draw, 4);
    };
  }

  /** {@code count} random digits, the first seldom zero. */
  public static String digits(Draw draw, int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(i == 0 && draw.chance(0.9) ? draw.between(1, 9) : draw.between(0, 9));
    }
    return out.toString();
  }

  private static String phone(Draw draw) {
    if (draw.isChinese()) {
      return draw.pick("13", "15", "17", "18") + digits(draw, 9);
    }
    return draw.pick(
        "0" + digits(draw, 4) + " " + digits(draw, 6),
        "555-" + digits(draw, 4),
        "+" + digits(draw, 2) + " " + digits(draw, 3) + " " + digits(draw, 6));
  }

  /** A capitalised word that nobody has heard before. */
  public static String madeUp(Draw draw) {
    List<String> onsets =
        List.of(
            "b", "br", "c", "d", "dr", "f", "g", "h", "k", "l", "m", "n", "p", "pr", "qu", "r", "s",
            "st", "t", "tr", "v", "w", "z", "sh", "th");
    List<String> nuclei = List.of("a", "e", "i", "o", "u", "ai", "ea", "ou", "y", "ie", "oo");
    List<String> codas = List.of("", "", "n", "r", "l", "s", "m", "x", "nd", "rt", "ck", "ll");
    StringBuilder out = new StringBuilder();
    int count = draw.between(2, 3);
    for (int i = 0; i < count; i++) {
      out.append(draw.pick(onsets))
          .append(draw.pick(nuclei))
          .append(i == count - 1 ? draw.pick(codas) : "");
    }
    return Character.toUpperCase(out.charAt(0)) + out.substring(1);
  }

  private static String chineseName(Draw draw) {
    String first = "云青白玉天金石龙凤清长明星东南北海松竹梅兰景远安宁永华光春秋雪霜雁鹤";
    String second = "岭溪阳川峰湖源泉原林州台关渡坪岗崖屏屿江谷城门桥营洲湾浦渚庄";
    return ""
        + first.charAt(draw.between(0, first.length() - 1))
        + second.charAt(draw.between(0, second.length() - 1));
  }

  private String word(String kind, Draw draw) {
    return listed(kind, draw).shown();
  }

  private String englishAddress(Draw draw) {
    String street =
        draw.chance(0.25)
            ? madeUp(draw) + draw.pick(" Street", " Road", " Lane", " Ave")
            : word("street", draw);
    String house = draw.between(1, 399) + draw.pick("", "", "", "a", "B") + " " + street;
    String flat = word("unit", draw) + " " + draw.between(1, 40) + draw.pick("", "A", "B", "C");
    String line =
        switch (draw.between(0, 3)) {
          case 0 -> flat + ", " + house;
          case 1 -> house + " " + flat;
          default -> house;
        };
    String post =
        switch (draw.between(0, 3)) {
          case 0 -> " " + digits(draw, 5);
          case 1 ->
              " "
                  + code(draw, 2, "", 1)
                  + " "
                  + digits(draw, 1)
                  + LETTERS.charAt(draw.between(0, 23))
                  + LETTERS.charAt(draw.between(0, 23));
          default -> "";
        };
    return line + ", " + word("city", draw) + post;
  }

  private String chineseAddress(Draw draw) {
    String tail =
        switch (draw.between(0, 4)) {
          case 0 -> draw.between(1, 30) + "栋" + draw.between(1, 33) + "0" + draw.between(1, 6);
          case 1 ->
              draw.between(1, 20)
                  + "号楼"
                  + draw.between(1, 6)
                  + "单元"
                  + draw.between(101, 2806)
                  + "室";
          case 2 ->
              draw.pick("阳光", "锦绣", "翠湖", "金域", "万科", "桃源")
                  + draw.pick("花园", "小区", "家园", "公寓")
                  + draw.between(101, 2806)
                  + "室";
          default -> "";
        };
    return word("city", draw)
        + draw.pick("市", "市", "")
        + word("district", draw)
        + word("road", draw)
        + draw.between(1, 999)
        + "号"
        + tail;
  }
}
