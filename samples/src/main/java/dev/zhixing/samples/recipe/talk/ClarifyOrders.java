package dev.zhixing.samples.recipe.talk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Noise;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.chain.Orders;
import dev.zhixing.samples.recipe.home.HomeBook;
import java.util.List;

/** Questions back outside the home: order numbers, addresses, what to remember or to look for. */
final class ClarifyOrders {

  private static final TalkBook BOOK = ClarifySituations.BOOK;
  private static final List<String> KINDS =
      List.of("lookup", "track", "cancel", "refund", "address.both", "address.where");

  private ClarifyOrders() {}

  private static String tool(String kind) {
    return switch (kind) {
      case "lookup" -> "lookup_order";
      case "track" -> "track_shipment";
      case "cancel" -> "cancel_order";
      case "refund" -> "request_refund";
      case "remember" -> "remember";
      case "search" -> "web_search";
      case "calc" -> "calculator";
      case "ticket" -> "create_ticket";
      default -> "update_address";
    };
  }

  private static String question(Draw draw, String kind, String id) {
    String section =
        switch (kind) {
          case "address.both" -> "ask.order.address";
          case "address.where" -> "ask.address";
          default -> "ask.order";
        };
    return BOOK.reply(draw, section, "id", id);
  }

  /** The number of an order, or its new address, is missing. */
  static Scenario asked(Draw draw) {
    String kind = draw.pick(KINDS);
    String id = Orders.id(draw);
    String user = HomeBook.dressed(draw, BOOK.phrase(draw, kind, "id", id), id);
    return Scenario.of(draw.language(), "clarify", user, List.of(), question(draw, kind, id))
        .offering(tool(kind))
        .answering("?|？");
  }

  /** Nothing is said about what to remember, look for, calculate, report. */
  static Scenario vague(Draw draw) {
    String kind = draw.pick("remember", "remember", "search", "calc", "ticket");
    String text = BOOK.phrase(draw, kind);
    // A story before "remember this" would be what to remember.
    String user = kind.equals("remember") ? Noise.typed(draw, text) : HomeBook.dressed(draw, text);
    return Scenario.of(draw.language(), "clarify", user, List.of(), BOOK.reply(draw, "ask." + kind))
        .offering(tool(kind))
        .answering("?|？");
  }

  static Scenario whichOfTwo(Draw draw) {
    String one = Orders.id(draw);
    String two = Orders.id(draw);
    String kind = draw.pick("cancel", "track", "refund");
    String user = Noise.typed(draw, BOOK.phrase(draw, "two." + kind));
    String before =
        Noise.typed(draw, BOOK.reply(draw, "two.before", "one", one, "two", two), one, two);
    return Scenario.of(
            draw.language(),
            "clarify",
            user,
            List.of(),
            BOOK.reply(draw, "ask.two", "one", one, "two", two))
        .withHistory(before, BOOK.reply(draw, "two.told", "one", one, "two", two))
        .offering(tool(kind))
        .answering("?|？");
  }

  /** The number, or the address, is given in the second turn. */
  static Scenario told(Draw draw) {
    String kind = draw.pick(KINDS);
    String id = Orders.id(draw);
    String address = Orders.address(draw);
    String first = HomeBook.dressed(draw, BOOK.reply(draw, kind, "id", id), id);
    String section =
        switch (kind) {
          case "address.both" -> "reply.order.address";
          case "address.where" -> "reply.address";
          default -> "reply.order";
        };
    String reply = BOOK.phrase(draw, section, "id", id, "address", address);
    String user = Noise.typed(draw, reply, id, address);
    return finished(draw, kind, id, address, user).withHistory(first, question(draw, kind, id));
  }

  /** "The second one". */
  static Scenario toldWhich(Draw draw) {
    String one = Orders.id(draw);
    String two = Orders.id(draw);
    String kind = draw.pick("cancel", "track", "refund");
    boolean second = draw.chance(0.5);
    String reply =
        BOOK.phrase(draw, second ? "reply.two.second" : "reply.two.first", "one", one, "two", two);
    String before = Noise.typed(draw, BOOK.reply(draw, "two." + kind));
    return finished(draw, kind, second ? two : one, "", Noise.typed(draw, reply, one, two))
        .withHistory(before, BOOK.reply(draw, "ask.two", "one", one, "two", two));
  }

  static Scenario toldRemember(Draw draw) {
    String[] fact = Facts.any(draw);
    String first = Noise.typed(draw, BOOK.reply(draw, "remember"));
    ObjectNode arguments = Draw.arguments().put("fact", fact[1]);
    Call call = Call.of("remember", arguments, "{\"ok\":true}").accepting(Facts.matcher(fact[2]));
    return Scenario.of(
            draw.language(),
            "memory",
            Noise.typed(draw, fact[0], fact[2]),
            List.of(List.of(call)),
            BOOK.reply(draw, "done.remember", "fact", fact[1]))
        .withHistory(first, BOOK.reply(draw, "ask.remember"));
  }

  private static Scenario finished(Draw draw, String kind, String id, String address, String user) {
    ObjectNode arguments = Draw.arguments().put("order_id", id);
    String status = draw.chance(0.5) ? Orders.waiting(draw) : Orders.gone(draw);
    String place = Orders.place(draw);
    ObjectNode result = Draw.arguments();
    String needed = "";
    switch (kind) {
      case "lookup" -> {
        result.put("order_id", id).put("status", status).putArray("items").add(Orders.item(draw));
        HomeBook.number(result, "total", Orders.total(draw));
        needed = status;
      }
      case "track" -> {
        status = draw.say("in transit", "运输中");
        result.put("order_id", id).put("carrier", Orders.carrier(draw));
        result.put("status", status).put("location", place);
        needed = place;
      }
      case "cancel" -> result.put("ok", true).put("status", draw.say("cancelled", "已取消"));
      case "refund" -> result.put("ok", true).put("status", draw.say("requested", "已提交"));
      default -> {
        arguments.put("address", address);
        result.put("ok", true);
        needed = address;
      }
    }
    String section = "done." + (kind.startsWith("address") ? "address" : kind);
    String answer =
        BOOK.reply(draw, section, "id", id, "status", status, "place", place, "address", address);
    Call call = Call.of(tool(kind), arguments, result.toString());
    Scenario scenario =
        Scenario.of(draw.language(), "service", user, List.of(List.of(call)), answer);
    return needed.isEmpty() ? scenario : scenario.answering(needed);
  }
}
