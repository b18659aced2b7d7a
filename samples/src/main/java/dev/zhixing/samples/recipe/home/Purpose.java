package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Draw;
import java.util.Arrays;
import java.util.List;

/**
 * What a timer is for.
 *
 * @param label the purpose's own word: "pasta", "homework"
 * @param what as it follows "for": "the pasta", "his homework"
 * @param stories sentences that name it: "pasta's in"
 */
public record Purpose(String label, String what, List<String> stories) {

  private static final List<Purpose> ENGLISH =
      lines(
          """
          pasta;the pasta;pasta's on|the pasta just went in|I've put the pasta in the water|pasta is boiling
          eggs;the eggs;eggs are on|eggs just went into the pan|I'm boiling eggs|the eggs have started boiling
          rice;the rice;rice is on|rice is simmering|just put the rice on
          tea;my tea;tea is steeping|the tea needs to steep|brewing some tea
          pizza;the pizza;pizza's in the oven|the pizza just went in|frozen pizza is in
          cake;the cake;the cake's in the oven|just slid the cake in
          bread;the bread;bread is in|the bread dough is in the oven
          cookies;the cookies;cookies are baking|a tray of cookies just went in
          chicken;the chicken;chicken's roasting|the chicken is in the oven
          soup;the soup;soup's on|the soup is simmering
          stew;the stew;stew is on low|stew's bubbling away
          potatoes;the potatoes;potatoes are boiling|spuds, I mean potatoes, are in
          noodles;my noodles;noodles are in the pot|noodles are soaking
          dough;the dough;the dough is resting|dough has to rise
          steak;the steak;steak is resting|steak's in the pan
          salmon;the salmon;salmon's under the grill
          porridge;my porridge;porridge is on the stove
          coffee;the coffee;coffee's brewing in the french press
          laundry;the laundry;laundry's in|the laundry just started
          dishwasher;the dishwasher;the dishwasher is running
          dryer;the dryer;dryer's on
          nap;a nap;I'm taking a nap|nap time|going to have a nap|quick nap
          break;my break;I'm on my break now|taking a break
          meditation;meditation;time for my meditation|doing my meditation
          workout;my workout;starting my workout|workout time
          plank;a plank;doing a plank|plank time
          yoga;yoga;yoga starts now|doing some yoga
          stretching;stretching;time for stretching
          homework;his homework;she's doing homework now|homework time for the kids
          reading;reading time;reading time for the kids|I'm reading for a bit
          piano;piano practice;piano practice starts now
          study;my study session;
          meeting;the meeting;I've got a meeting|don't let me miss the meeting
          call;my call;I have a call coming up|my call starts soon
          bus;the bus;the bus leaves soon|I have a bus to catch
          medicine;my medicine;I have to take my medicine later
          pills;her pills;
          parking;the parking meter;the parking ticket runs out
          sprinkler;the sprinkler;the sprinkler is on|I turned the sprinkler on
          hair dye;my hair dye;hair dye is in
          face mask;my face mask;face mask is on
          bath;the bath;the bath is running
          screen time;their screen time;the kids have screen time
          game;the game;we're playing a game|one round of the game
          presentation;my presentation;practising my presentation
          oven;the oven;oven's preheating|preheating the oven
          grill;the grill;the grill is heating up
          ice;the ice bath;
          beans;the beans;beans are in the pressure cooker
          dog;the dog's walk;
          paint;the paint;the paint has to dry
          glue;the glue;glue needs to set
          toothbrushing;toothbrushing;
          focus;a focus session;
          """);

  private static final List<Purpose> CHINESE =
      lines(
          """
          泡面;泡面;泡面泡上了|泡面刚倒了水|我在泡面
          鸡蛋;煮鸡蛋;鸡蛋下锅了|煮着鸡蛋呢|锅里煮着鸡蛋
          米饭;焖米饭;米饭焖上了|米饭刚下锅
          饺子;煮饺子;饺子下锅了|饺子刚下水
          面条;煮面条;面条下锅了|在煮面条
          汤;炖汤;汤炖上了|锅里炖着汤
          粥;熬粥;粥熬上了|灶上熬着粥
          排骨;炖排骨;排骨炖上了|排骨刚下锅
          红薯;烤红薯;红薯放进烤箱了|烤着红薯
          蛋糕;烤蛋糕;蛋糕进烤箱了|蛋糕刚放进去
          面包;烤面包;面包进烤箱了
          披萨;烤披萨;披萨放进烤箱了
          鸡翅;烤鸡翅;鸡翅进空气炸锅了
          包子;蒸包子;包子上锅蒸了|包子上屉了
          馒头;蒸馒头;馒头上锅了
          鱼;蒸鱼;鱼上锅蒸了|鱼蒸上了
          茶;泡茶;茶泡上了|泡着茶呢
          咖啡;冲咖啡;咖啡闷蒸着呢
          面团;醒面团;面团在醒着|面团要醒一会儿
          牛排;煎牛排;牛排下锅了
          中药;熬中药;中药熬上了|中药在炉子上
          衣服;洗衣服;衣服扔洗衣机了|洗衣机里洗着衣服
          面膜;敷面膜;面膜敷上了|正敷着面膜
          午睡;午睡;我去午睡|我要午睡了|午睡一会儿
          瑜伽;练瑜伽;开始练瑜伽了
          平板支撑;平板支撑;我做平板支撑
          跑步;跑步;我上跑步机跑步了
          跳绳;跳绳;我要跳绳了
          冥想;冥想;开始冥想
          健身;健身;开始健身了
          泡脚;泡脚;我在泡脚|泡脚呢
          作业;写作业;孩子开始写作业了|让他写作业
          背单词;背单词;开始背单词
          练琴;练琴;女儿开始练琴了
          练字;练字;孩子在练字
          看书;看书;我看会儿书，看书时间到了叫我
          会议;开会议;等下有个会议
          开会;开会;一会儿要开会|等会儿我得开会
          吃药;吃药;过会儿要吃药|我得吃药，怕忘了
          取快递;取快递;
          接孩子;接孩子;待会儿要接孩子|等会得去接孩子
          关火;关火;灶上开着火，怕忘了关火
          浇花;浇花;
          关水;关水;在放水，记得关水|浴缸放着水，别忘了关水
          晾衣服;晾衣服;等会儿要晾衣服
          出门;出门;过会儿要出门|待会我得出门
          打电话;打电话;回头要打电话
          喝水;喝水;
          烤箱;烤箱预热;烤箱在预热
          染发;染发;染发膏抹上了，染发不能太久
          休息;休息;我休息一下|先休息会儿
          游戏;玩游戏;孩子在玩游戏|只许他玩这么久游戏
          演讲;练演讲;开始练演讲了
          停车;停车缴费;
          充电;充电;手机在充电
          """);

  public Purpose {
    stories = List.copyOf(stories);
  }

  private static List<Purpose> lines(String text) {
    return text.lines()
        .map(line -> line.split(";", -1))
        .map(
            parts ->
                new Purpose(
                    parts[0],
                    parts[1],
                    Arrays.stream(parts[2].split("\\|")).filter(s -> !s.isBlank()).toList()))
        .toList();
  }

  public static Purpose any(Draw draw) {
    return draw.pick(draw.isChinese() ? CHINESE : ENGLISH);
  }

  boolean hasStory() {
    return !stories.isEmpty();
  }

  String story(Draw draw) {
    return stories.isEmpty() ? "" : draw.pick(stories);
  }
}
