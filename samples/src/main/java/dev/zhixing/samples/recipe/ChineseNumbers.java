package dev.zhixing.samples.recipe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Numbers as Chinese writes and says them. */
final class ChineseNumbers {

  private static final String DIGITS = "零一二三四五六七八九";

  private ChineseNumbers() {}

  /** 二十二, 三千六百, 一百零五, 两万三千. Up to 99,999,999. */
  static String words(long n) {
    if (n < 0) {
      return "负" + words(-n);
    }
    if (n == 0) {
      return "零";
    }
    StringBuilder out = new StringBuilder();
    long high = n / 10_000;
    long low = n % 10_000;
    if (high > 0) {
      out.append(high == 2 ? "两" : section(high)).append('万');
      if (low == 0) {
        return out.toString();
      }
      if (low < 1000) {
        out.append('零');
      }
      return out + section(low, true);
    }
    return section(low);
  }

  private static String section(long n) {
    return section(n, false);
  }

  /** A number below 10,000; {@code inside} a larger one, ten is 一十. */
  private static String section(long n, boolean inside) {
    StringBuilder out = new StringBuilder();
    String[] units = {"千", "百", "十", ""};
    long[] sizes = {1000, 100, 10, 1};
    boolean gap = false;
    long rest = n;
    for (int i = 0; i < 4; i++) {
      int digit = (int) (rest / sizes[i]);
      rest %= sizes[i];
      if (digit == 0) {
        gap = !out.isEmpty();
        continue;
      }
      if (gap) {
        out.append('零');
        gap = false;
      }
      boolean bareTen = i == 2 && digit == 1 && out.isEmpty() && !inside;
      if (digit == 2 && i == 0) {
        out.append('两');
      } else if (!bareTen) {
        out.append(DIGITS.charAt(digit));
      }
      out.append(units[i]);
    }
    return out.toString();
  }

  /** 三千六, 两万三, 一百五: the last unit left out, where that is usual; else null. */
  static @org.jspecify.annotations.Nullable String colloquial(long n) {
    long[] sizes = {10_000, 1000, 100};
    for (long size : sizes) {
      long lead = n / size;
      long rest = n % size;
      boolean shortTail = rest > 0 && rest % (size / 10) == 0;
      if (lead >= 1 && lead <= (size == 10_000 ? 99 : 9) && shortTail) {
        String unit = size == 10_000 ? "万" : size == 1000 ? "千" : "百";
        String head = lead == 2 && size > 100 ? "两" : words(lead);
        return head + unit + DIGITS.charAt((int) (rest / (size / 10)));
      }
      if (lead >= 1) {
        return null;
      }
    }
    return null;
  }

  /** The number with {@code measure} behind it or inside it: 三箱半, 两个半小时, 3.5小时, 二十二人. */
  static List<String> counted(BigDecimal n, String measure) {
    List<String> out = new ArrayList<>();
    BigDecimal whole = n.setScale(0, RoundingMode.DOWN);
    long w = whole.longValueExact();
    String count = w == 2 ? "两" : words(w);
    if (n.compareTo(whole) == 0) {
      out.add(count + measure);
      return out;
    }
    if (n.subtract(whole).compareTo(new BigDecimal("0.5")) == 0) {
      String head = measure;
      String tail = "";
      if (measure.startsWith("个") && measure.length() > 1) {
        head = "个";
        tail = measure.substring(1);
      }
      if (w == 0) {
        out.add("半" + measure);
      } else if (tail.isEmpty()) {
        out.add(count + head + "半");
        out.add(w + head + "半");
      } else {
        out.add(count + head + "半" + tail);
        out.add(w + head + "半" + tail);
      }
    }
    out.add(pointed(n) + measure);
    return out;
  }

  private static String pointed(BigDecimal n) {
    BigDecimal whole = n.setScale(0, RoundingMode.DOWN);
    String fraction = n.subtract(whole).abs().stripTrailingZeros().toPlainString();
    String sign = n.signum() < 0 ? "负" : "";
    StringBuilder out = new StringBuilder(sign + words(whole.longValueExact() * n.signum()));
    if (fraction.length() > 2) {
      out.append('点');
      for (int i = 2; i < fraction.length(); i++) {
        char c = fraction.charAt(i);
        out.append(DIGITS.charAt(c - '0'));
      }
    }
    return out.toString();
  }

  static String spelt(String digits) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      out.append(c >= '0' && c <= '9' ? String.valueOf(DIGITS.charAt(c - '0')) : c);
    }
    return out.toString();
  }

  static List<String> spoken(BigDecimal n) {
    List<String> out = new ArrayList<>();
    boolean whole = n.stripTrailingZeros().scale() <= 0;
    if (whole) {
      long w = n.longValueExact();
      if (Math.abs(w) < 100_000_000 && (Math.abs(w) < 1000 || w % 10 == 0)) {
        out.add(words(w));
        String brief = w > 100 ? colloquial(w) : null;
        if (brief != null) {
          out.add(brief);
          out.add(brief);
        }
      }
    } else if (n.abs().compareTo(BigDecimal.valueOf(1000)) < 0 && n.scale() <= 2) {
      out.add(pointed(n));
    }
    return out;
  }

  static List<String> written(BigDecimal n) {
    List<String> out = new ArrayList<>();
    BigDecimal tenThousands = Numbers.exact(n.movePointLeft(4));
    if (n.compareTo(BigDecimal.valueOf(10_000)) >= 0 && tenThousands.scale() <= 2) {
      out.add(Numbers.digits(tenThousands) + "万");
      out.add(Numbers.grouped(n));
    } else if (n.compareTo(BigDecimal.valueOf(1000)) >= 0) {
      out.add(Numbers.grouped(n));
      if (n.remainder(BigDecimal.valueOf(1000)).signum() == 0) {
        out.add(Numbers.digits(n.movePointLeft(3)) + "千");
      }
    }
    return out;
  }

  /** 4块5, 四块五, 32块8毛, 4.5元, 12块. At most two decimals. */
  static List<String> yuan(BigDecimal n) {
    List<String> out = new ArrayList<>();
    String plain = Numbers.digits(n);
    out.add(plain + "元");
    out.add(plain + "块");
    out.add(plain + "块钱");
    long w = n.longValue();
    BigDecimal fraction = Numbers.exact(n.subtract(BigDecimal.valueOf(w)));
    if (fraction.scale() == 1 && w > 0) {
      int jiao = fraction.movePointRight(1).intValueExact();
      out.add(w + "块" + jiao);
      out.add(w + "块" + jiao + "毛");
      String count = w == 2 ? "两" : words(w);
      out.add(count + "块" + DIGITS.charAt(jiao));
    } else if (fraction.scale() <= 0 && w < 100_000) {
      String brief = w > 100 ? colloquial(w) : null;
      out.add((w == 2 ? "两" : words(w)) + "块");
      if (brief != null) {
        out.add(brief);
      }
    }
    return out;
  }
}
