package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Draw;
import java.util.List;

/** A room of the catalogue: its identifier, what people call it, and what an answer calls it. */
public enum Room {
  LIVING_ROOM(
      "living room",
      "客厅",
      "lounge|sitting room|living-room|front room|family room|parlour|livingroom",
      "大厅|起居室|厅里|堂屋|咱家客厅"),
  BEDROOM("bedroom", "卧室", "master bedroom|main bedroom|bed room|sleeping room", "主卧|睡房|卧房"),
  KITCHEN("kitchen", "厨房", "kitchen|galley kitchen|cooking area", "灶间|做饭那屋|厨房|咱家厨房"),
  BATHROOM(
      "bathroom",
      "浴室",
      "loo|washroom|toilet|restroom|shower room|bath room|bath",
      "卫生间|洗手间|厕所|洗澡间|淋浴间|卫浴间"),
  STUDY("study", "书房", "office|home office|den|study room|workroom|library", "工作间|办公间|办公室|书斋"),
  HALLWAY(
      "hallway",
      "走廊",
      "hall|corridor|landing|entrance hall|passage|entryway|hall way",
      "过道|楼道|玄关|门厅|走道|廊道"),
  GARAGE("garage", "车库", "garage|car garage|garage", "车房|停车间|车库|咱家车库"),
  GARDEN("garden", "花园", "yard|back yard|backyard|back garden|lawn", "院子|后院|小院|院子|小花园|后花园");

  private final String english;
  private final String chinese;
  private final String englishWords;
  private final String chineseWords;

  Room(String english, String chinese, String englishWords, String chineseWords) {
    this.english = english;
    this.chinese = chinese;
    this.englishWords = englishWords;
    this.chineseWords = chineseWords;
  }

  /** The catalogue's name, e.g. {@code living_room}. */
  public String id() {
    return english.replace(' ', '_');
  }

  /** What an answer calls it. */
  public String named(Draw draw) {
    return draw.say(english, chinese);
  }

  /** What a person calls it. */
  public String called(Draw draw) {
    if (draw.chance(0.5)) {
      return named(draw);
    }
    return draw.pick(List.of((draw.isChinese() ? chineseWords : englishWords).split("\\|")));
  }

  /** "in the kitchen", "on the landing"; in Chinese the bare name. */
  public static String in(Draw draw, String called) {
    if (draw.isChinese()) {
      return called;
    }
    return (called.equals("landing") || called.equals("lawn") ? "on the " : "in the ") + called;
  }

  public static Room any(Draw draw) {
    return draw.pick(List.of(values()));
  }

  /** A room where one would open curtains: not the garage most of the time. */
  public static Room indoors(Draw draw) {
    Room room = any(draw);
    return (room == GARAGE || room == GARDEN) && draw.chance(0.7) ? indoors(draw) : room;
  }

  /** Another room than this. */
  public Room other(Draw draw) {
    Room room = any(draw);
    return room == this ? other(draw) : room;
  }
}
