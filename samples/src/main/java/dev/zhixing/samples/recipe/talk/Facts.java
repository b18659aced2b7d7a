package dev.zhixing.samples.recipe.talk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Draw;

/** Facts about a person: as told, as stored, and the part that must not be lost. */
final class Facts {

  private Facts() {}

  static String[] any(Draw draw) {
    return draw.isChinese() ? chinese(draw) : english(draw);
  }

  private static String[] english(Draw draw) {
    String code = Integer.toString(draw.between(1000, 9999));
    String food = draw.pick("olives", "spicy curry", "oat milk", "blue cheese", "dark chocolate");
    String name = draw.pick("Mia", "Oscar", "Lena", "Tom", "Priya", "Bruno", "Nora", "Felix");
    String day = draw.between(1, 28) + " " + draw.pick("March", "June", "October", "December");
    return switch (draw.between(0, 6)) {
      case 0 -> fact("my locker code is " + code, code);
      case 1 -> fact("my bike lock code is " + code, code);
      case 2 -> fact("I don't like " + food, food);
      case 3 -> fact("I love " + food, food);
      case 4 -> fact("my daughter's name is " + name, name);
      case 5 -> fact("my dog is called " + name, name);
      default -> fact("my wedding anniversary is on " + day, day);
    };
  }

  private static String[] chinese(Draw draw) {
    String code = Integer.toString(draw.between(1000, 9999));
    String food = draw.pick("香菜", "榴莲", "羊肉", "苦瓜", "铁观音", "螺蛳粉", "酸奶");
    String name = draw.pick("小雨", "豆豆", "乐乐", "安安", "旺财", "糯米", "可可");
    String day = draw.between(1, 12) + "月" + draw.between(1, 28) + "号";
    return switch (draw.between(0, 6)) {
      case 0 -> fact("我的储物柜密码是" + code, code);
      case 1 -> fact("我家自行车锁密码是" + code, code);
      case 2 -> fact("我不吃" + food, food);
      case 3 -> fact("我喜欢" + food, food);
      case 4 -> fact("我女儿叫" + name, name);
      case 5 -> fact("我家狗叫" + name, name);
      default -> fact("我们的纪念日是" + day, day);
    };
  }

  private static String[] fact(String told, String kept) {
    return new String[] {told, told, kept};
  }

  static JsonNode matcher(String kept) {
    ObjectNode node = Draw.arguments();
    node.putObject("fact").putArray("~contains").add(kept);
    return node;
  }
}
