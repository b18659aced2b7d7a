package dev.zhixing.agent.redaction;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds keys of well-known services by how they begin, wherever that is: what stands glued before
 * them stays.
 */
final class KnownKeys implements SecretFinder {
  /** A beginning and how many letters, digits, - and _ must follow it. */
  private record Start(String start, int least, Where where) {}

  private enum Where {
    /** Anywhere, glued to other text too. */
    ANYWHERE,
    /** Not after a letter or digit; the rest must look random, for words begin so too. */
    AT_WORD,
    /** Anywhere; dots may follow, and one must. */
    DOTTED
  }

  private static final String ANYWHERE =
      """
      ghp_20 gho_20 ghu_20 ghs_20 ghr_20 github_pat_20 glpat-20 gldt-20 glptt-20 glrt-20 glcbt-20 \
      gloas-20 glsoat-20 glagent-20 glft-16 glimt-16 AKIA16 ASIA16 ABSK20 AIza35 GOCSPX-20 xoxa-10 \
      xoxb-10 xoxe-10 xoxo-10 xoxp-10 xoxr-10 xoxs-10 xoxc-10 xoxd-10 xapp-10 sk-proj-16 sk-ant-16 \
      sk-or-v1-16 sk_live_16 sk_test_16 rk_live_16 rk_test_16 pk_live_16 pk_test_16 whsec_20 \
      hf_30 npm_36 pypi-AgE30 dop_v1_32 doo_v1_32 dor_v1_32 shpat_32 shpca_32 shppa_32 shpss_32 \
      rubygems_40 sq0atp-20 sq0csp-20 lin_api_30 figd_30 pscale_tkn_30 pscale_pw_30 ATATT3x30 \
      ATCTT3x30 AGE-SECRET-KEY-140 PMAK-20 NRAK-20 sntrys_20 sntryu_20 gsk_40 nvapi-30 tgp_v1_20 \
      dckr_pat_20 dckr_oat_20 CFPAT-30 CCIPAT_20 bkua_30 glsa_30 glc_30 tskey-15 hvs.20 hvb.20 \
      LTAI16 ya29.20 secret_40 ntn_40 SG.20 phx_30 EAACEdEose0cBA10 atlasv1.30 dp.pt.30 dp.st.20 \
      pplx-40 r8_30 xai-40 vcp_20 sbp_40 sb_secret_20 ops_eyJ40 IQoJb3JpZ2lu40 AQoDYXdz40\
      """;

  private static final String AT_WORD =
      "sk-16 sk_16 pk-16 pk_16 rk-16 rk_16 hf_20 r8_20 gsk_20 xai-20 key-32 dapi32 SK32 pul-40"
          + " fw_20 csk-30 AKID20 sl.30 1//20";

  private static final String DOTTED = "eyJ20";

  /** By their first character. */
  private static final List<List<Start>> STARTS = starts();

  private static List<List<Start>> starts() {
    List<List<Start>> starts = new ArrayList<>();
    for (int c = 0; c < 128; c++) {
      starts.add(new ArrayList<>());
    }
    put(starts, ANYWHERE, Where.ANYWHERE);
    put(starts, AT_WORD, Where.AT_WORD);
    put(starts, DOTTED, Where.DOTTED);
    return starts;
  }

  private static void put(List<List<Start>> starts, String rules, Where where) {
    for (String rule : rules.split("\\s+", -1)) {
      int digits = rule.length() - 2; // two digits at the end
      String start = rule.substring(0, digits);
      starts
          .get(start.charAt(0))
          .add(new Start(start, Integer.parseInt(rule.substring(digits)), where));
    }
  }

  @Override
  public void find(String text, Spans found) {
    Map<Where, Integer> noneBefore = new EnumMap<>(Where.class);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int end = c < 128 ? keyEnd(text, i, STARTS.get(c), noneBefore) : -1;
      if (end >= 0) {
        found.add(i, end);
        i = end - 1;
      }
    }
  }

  /**
   * Where the key at {@code at} ends, or -1 if there is none.
   *
   * @param noneBefore up to where no other key of a kind can begin: no place is read twice
   */
  private static int keyEnd(
      String text, int at, List<Start> starts, Map<Where, Integer> noneBefore) {
    for (Start start : starts) {
      if (!text.startsWith(start.start, at)
          || at < noneBefore.getOrDefault(start.where, 0)
          || (start.where == Where.AT_WORD && isWithinWord(text, at))) {
        continue;
      }
      int from = at + start.start.length();
      int end = tail(text, from, start.where != Where.AT_WORD);
      if (end - from >= start.least) {
        if (isKey(text.substring(from, end), start.where)) {
          return end;
        }
        noneBefore.put(start.where, end);
      }
    }
    return -1;
  }

  private static boolean isWithinWord(String text, int at) {
    return at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
  }

  private static boolean isKey(String tail, Where where) {
    return switch (where) {
      case ANYWHERE -> true;
      case DOTTED -> tail.indexOf('.') >= 6;
      case AT_WORD -> {
        for (String part : tail.split("[-_.]", -1)) {
          if (SecretValues.isRandom(part, 12)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  /** Where the letters, digits, - and _ end; {@code more} also such as dots between them. */
  private static int tail(String text, int from, boolean more) {
    int end = from;
    int last = from;
    while (end < text.length() && isOfKey(text.charAt(end), more)) {
      last = text.charAt(end++) == '.' ? last : end;
    }
    return last;
  }

  private static boolean isOfKey(char c, boolean more) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || (more && "./+=~".indexOf(c) >= 0);
  }
}
