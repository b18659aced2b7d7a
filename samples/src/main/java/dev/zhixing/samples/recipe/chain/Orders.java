package dev.zhixing.samples.recipe.chain;

import dev.zhixing.samples.recipe.Draw;
import java.util.List;

/** Made-up orders: numbers, addresses, goods, carriers, places. */
public final class Orders {

  private static final List<String> STREETS =
      List.of(
          "Quarry Lane",
          "Marlowe Street",
          "Juniper Avenue",
          "Old Mill Road",
          "Station Road",
          "Chestnut Close",
          "Harbour View",
          "Elm Grove",
          "Victoria Terrace",
          "Kingsley Drive",
          "Birch Court",
          "Meadow Way",
          "Castle Street",
          "Fulton Street",
          "Sycamore Boulevard",
          "Pine Ridge Road",
          "Abbey Walk",
          "North Parade",
          "Lakeside Drive",
          "Cedar Avenue",
          "Orchard Gardens",
          "Tanner Row",
          "Bishop's Hill",
          "Waverley Place");
  private static final List<String> TOWNS =
      List.of(
          "Sheffield",
          "Bristol",
          "Boulder CO 80304",
          "Leeds",
          "Dublin",
          "Glasgow",
          "Portland",
          "Austin TX 78702",
          "Cork",
          "Cardiff",
          "Denver",
          "Oxford",
          "Norwich",
          "Seattle",
          "Manchester",
          "Halifax",
          "Toronto",
          "Madison WI",
          "Perth",
          "Exeter",
          "Brighton",
          "Albany NY 12203",
          "Galway",
          "Auckland");
  private static final List<String> CITIES =
      List.of(
          "南京市鼓楼区汉中路",
          "长沙市岳麓区桃花岭路",
          "杭州市西湖区文三路",
          "成都市武侯区科华北路",
          "广州市天河区体育西路",
          "武汉市洪山区珞喻路",
          "西安市雁塔区小寨东路",
          "苏州市姑苏区平江路",
          "青岛市市南区香港中路",
          "重庆市渝中区中山三路",
          "北京市海淀区学院路",
          "上海市徐汇区漕溪路",
          "深圳市南山区科技园路",
          "天津市和平区南京路",
          "厦门市思明区湖滨南路",
          "郑州市金水区花园路",
          "济南市历下区泺源大街",
          "合肥市蜀山区长江西路",
          "昆明市五华区翠湖路",
          "沈阳市和平区太原街");

  private Orders() {}

  /** An order number as shops give them. */
  public static String id(Draw draw) {
    if (draw.chance(0.16)) {
      return ""
          + (char) ('A' + draw.between(0, 25))
          + (char) ('A' + draw.between(0, 25))
          + "-"
          + draw.between(100, 9999);
    }
    if (draw.chance(0.05)) {
      return "00" + draw.between(100, 999);
    }
    return Integer.toString(
        draw.chance(0.85) ? draw.between(10000, 99999) : draw.between(100000, 999999));
  }

  public static String address(Draw draw) {
    int house = draw.chance(0.8) ? draw.between(1, 99) : draw.between(100, 980);
    if (draw.isChinese()) {
      String tail =
          switch (draw.between(0, 3)) {
            case 0 -> draw.between(1, 20) + "栋" + draw.between(101, 2804);
            case 1 -> draw.between(1, 9) + "单元" + draw.between(101, 1204) + "室";
            default -> "";
          };
      return draw.pick(CITIES) + house + "号" + tail;
    }
    String flat =
        draw.chance(0.25)
            ? draw.pick("Flat ", "Apt ", "Unit ")
                + draw.between(1, 40)
                + draw.pick("", "A", "B", "C")
                + ", "
            : "";
    return flat + house + " " + draw.pick(STREETS) + ", " + draw.pick(TOWNS);
  }

  public static String item(Draw draw) {
    return draw.isChinese()
        ? draw.pick(
            "羽绒服", "空气炸锅", "台灯", "人体工学椅", "蓝牙耳机", "电饭煲", "运动鞋", "行李箱", "加湿器", "书架", "保温杯", "机械键盘",
            "雨伞", "帐篷", "吸尘器", "瑜伽垫", "围巾", "咖啡机", "显示器", "床垫")
        : draw.pick(
            "desk lamp",
            "wool blanket",
            "kettle",
            "monitor arm",
            "walking boots",
            "rain jacket",
            "garden hose",
            "standing mirror",
            "headphones",
            "coffee grinder",
            "backpack",
            "office chair",
            "tent",
            "air fryer",
            "keyboard",
            "yoga mat",
            "toaster",
            "suitcase",
            "bookshelf",
            "scarf");
  }

  /** A status before the parcel leaves. */
  public static String waiting(Draw draw) {
    return draw.isChinese()
        ? draw.pick("处理中", "待发货", "已付款", "备货中", "processing", "待付款")
        : draw.pick("processing", "packed", "paid", "confirmed", "awaiting shipment", "pending");
  }

  /** A status after it has left. */
  public static String gone(Draw draw) {
    return draw.isChinese()
        ? draw.pick("已发货", "运输中", "已签收", "shipped", "派送中")
        : draw.pick("shipped", "delivered", "in transit", "out for delivery");
  }

  public static String carrier(Draw draw) {
    return draw.isChinese()
        ? draw.pick("顺丰", "圆通", "中通", "韵达", "京东物流", "申通", "EMS", "极兔")
        : draw.pick("UPS", "DHL", "FedEx", "Evri", "DPD", "Royal Mail", "USPS", "GLS");
  }

  public static String place(Draw draw) {
    return draw.isChinese()
        ? draw.pick(
            "石家庄", "郑州转运中心", "武汉", "北京", "上海分拨中心", "广州", "成都", "杭州", "长沙", "济南", "西安", "合肥集散中心")
        : draw.pick(
            "Leeds depot",
            "Memphis",
            "Denver, CO",
            "Leipzig",
            "Columbus, OH",
            "Rotterdam",
            "Lyon",
            "Birmingham hub",
            "Chicago",
            "Milan",
            "Dublin",
            "Hamburg",
            "Atlanta");
  }

  /** A sum with at most two decimals. */
  public static double total(Draw draw) {
    return switch (draw.between(0, 3)) {
      case 0 -> draw.between(10, 900);
      case 1 -> draw.between(20, 999) + 0.5;
      case 2 -> (draw.between(9, 600) * 100 + draw.pick(90, 95, 99, 25, 40)) / 100.0;
      default -> draw.between(1, 80) * 25;
    };
  }
}
