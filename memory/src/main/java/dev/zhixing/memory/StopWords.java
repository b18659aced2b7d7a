package dev.zhixing.memory;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;

/**
 * Words that say nothing about which fact is meant: every fact is about the user, and every query
 * asks what is known.
 */
final class StopWords {

  static final CharArraySet ENGLISH =
      CharArraySet.unmodifiableSet(
          new CharArraySet(
              List.of(
                  ("a an and are as at be but by can could did do does for from had has have he her"
                          + " his how i i'm if in into is it its me mine my no not of on or our"
                          + " please she so such tell that the their them then there these they"
                          + " this to was we were what when where which who whose will with would"
                          + " you your yours know known knows about anything everything something"
                          + " all any fact facts info information memory recall remember remembered"
                          + " said saved stored store told user user's users")
                      .split(" ")),
              true));

  private static final Pattern CHINESE =
      Pattern.compile(
          "用户|客户|我们|您|你|我|的|是|什么|多少|哪[个里些儿]?|怎么|吗|呢|吧|了|请|一下|关于|所有|全部|信息|记忆"
              + "|记得|记住|记录|知道|告诉|事情|内容|查询|查找");

  private StopWords() {}

  /** A query without the Chinese ones, which have no spaces around them. */
  static String withoutChinese(String query) {
    return CHINESE.matcher(query).replaceAll(" ");
  }
}
