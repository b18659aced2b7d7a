package dev.zhixing.samples.recipe.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.home.HomeBook;
import java.math.BigDecimal;
import java.util.List;

/** Orders, one step after the other: look first, then calculate, change, cancel or report. */
final class OrderChains {

  private OrderChains() {}

  private static Call lookup(Draw draw, String id, String status, double total) {
    ObjectNode result = Draw.arguments().put("order_id", id).put("status", status);
    result.putArray("items").add(Orders.item(draw));
    HomeBook.number(result, "total", total);
    if (draw.chance(0.2)) {
      result.put("currency", draw.say("EUR", "CNY"));
    }
    return Call.of("lookup_order", Draw.arguments().put("order_id", id), result.toString());
  }

  /** The order's total goes into a calculation. */
  static Scenario total(Draw draw) {
    String id = Orders.id(draw);
    double total = Orders.total(draw);
    BigDecimal t = BigDecimal.valueOf(total);
    String figures = Numbers.digits(t);
    String kind = draw.pick("percent", "percent", "split", "plus", "minus", "off", "twice");
    int n = draw.pick(2, 4, 5, 8, 10);
    int p = draw.between(2, 60);
    int fee = draw.between(3, 40);
    int off = draw.between(1, 9) * 5;
    String said =
        switch (kind) {
          case "percent" -> Numbers.percent(BigDecimal.valueOf(p), draw);
          case "off" ->
              draw.isChinese()
                  ? Numbers.zhe(BigDecimal.valueOf(100 - off, 1), draw)
                  : Numbers.percent(BigDecimal.valueOf(off), draw);
          case "split", "twice" -> Numbers.words(n, draw.language());
          default -> Integer.toString(fee);
        };
    if (draw.isChinese() && said.equals("二")) {
      said = "两";
    }
    BigDecimal rest = BigDecimal.valueOf(100 - off, 2);
    String expression =
        switch (kind) {
          case "percent" -> figures + "*" + p + "%";
          case "split" -> figures + "/" + n;
          case "twice" -> figures + "*" + n;
          case "plus" -> figures + "+" + fee;
          case "minus" -> figures + "-" + fee;
          default ->
              draw.isChinese()
                  ? figures + "*" + Numbers.digits(rest)
                  : figures + "*(1-" + off + "%)";
        };
    BigDecimal result =
        switch (kind) {
          case "percent" -> t.multiply(BigDecimal.valueOf(p, 2));
          case "split" -> t.divide(BigDecimal.valueOf(n));
          case "twice" -> t.multiply(BigDecimal.valueOf(n));
          case "plus" -> t.add(BigDecimal.valueOf(fee));
          case "minus" -> t.subtract(BigDecimal.valueOf(fee));
          default -> t.multiply(rest);
        };
    String text = ChainBook.phrase(draw, "total." + kind, "id", id, "v", said);
    String status = draw.chance(0.5) ? Orders.waiting(draw) : Orders.gone(draw);
    String r = Numbers.digits(result);
    String answer = ChainBook.reply(draw, "total.done", "id", id, "t", figures, "r", r);
    return ChainBook.steps(
            draw,
            ChainBook.dressed(draw, text, id),
            answer,
            lookup(draw, id, status, total),
            ChainBook.calculator(expression, result))
        .answering(r);
  }

  /** The address changes, or the order is cancelled, only if it has not been sent. */
  static Scenario unlessShipped(Draw draw) {
    String id = Orders.id(draw);
    String address = Orders.address(draw);
    boolean moves = draw.chance(0.6);
    boolean acts = draw.chance(0.55);
    String status = acts ? Orders.waiting(draw) : Orders.gone(draw);
    String text = ChainBook.phrase(draw, moves ? "move" : "stop", "id", id, "address", address);
    String user = ChainBook.dressed(draw, text, id, address);
    Call look = lookup(draw, id, status, Orders.total(draw));
    String base = moves ? "move" : "stop";
    String answer =
        ChainBook.reply(
            draw,
            base + (acts ? ".done" : ".late"),
            "id",
            id,
            "status",
            status,
            "address",
            address);
    String tool = moves ? "update_address" : "cancel_order";
    if (!acts) {
      return ChainBook.steps(draw, user, answer, look).answering(status).dependingOn(tool, "");
    }
    ObjectNode arguments = Draw.arguments().put("order_id", id);
    Call act =
        moves
            ? Call.of(tool, arguments.put("address", address), "{\"ok\":true}")
            : Call.of(
                tool,
                arguments,
                "{\"ok\":true,\"status\":\"" + draw.say("cancelled", "已取消") + "\"}");
    String finding =
        draw.say(
            "Order " + id + " is " + status + ", not sent yet.", "订单" + id + status + "，还没发货。");
    return ChainBook.steps(draw, user, answer, look, act).answering(id).dependingOn(tool, finding);
  }

  /** A ticket only if the parcel is in trouble. */
  static Scenario ticket(Draw draw) {
    String id = Orders.id(draw);
    String kind = draw.pick("customs", "lost", "late", "place");
    boolean acts = draw.chance(0.65);
    String place = Orders.place(draw);
    String goal = place;
    while (goal.equals(place)) {
      goal = Orders.place(draw);
    }
    String status =
        acts
            ? ChainBook.reply(draw, "status." + kind)
            : kind.equals("place")
                ? draw.say("out for delivery", "派送中")
                : draw.say(draw.pick("in transit", "out for delivery"), draw.pick("运输中", "派送中"));
    String where = kind.equals("place") && !acts ? goal : place;
    String priority = draw.chance(0.7) ? draw.pick("low", "normal", "high") : "";
    String said = priority.isEmpty() ? "" : ChainBook.phrase(draw, "priority." + priority);
    String town = goal.replaceAll(",.*| depot| hub|分拨中心|转运中心|集散中心", "");
    String text =
        ChainBook.phrase(draw, "ticket." + kind, "id", id, "goal", town, "priority", said);
    ObjectNode result = Draw.arguments().put("order_id", id).put("carrier", Orders.carrier(draw));
    result.put("status", status).put("location", where);
    Call track = Call.of("track_shipment", Draw.arguments().put("order_id", id), result.toString());
    String user = ChainBook.dressed(draw, text, id, town);
    String now = ChainBook.reply(draw, "track.now", "id", id, "status", status, "place", where);
    if (!acts) {
      return ChainBook.steps(
              draw, user, now + draw.say(" ", "") + ChainBook.reply(draw, "ticket.none"), track)
          .answering(status + "|" + where)
          .dependingOn("create_ticket", "");
    }
    String subject = ChainBook.reply(draw, "ticket." + kind + ".subject", "id", id);
    ObjectNode arguments = Draw.arguments().put("subject", subject);
    ObjectNode matcher = Draw.arguments();
    var any = matcher.putObject("subject").putArray("~any");
    any.add(ChainBook.contains(id));
    for (String word :
        List.of("custom", "parcel", "lost", "late", "deliver", "快递", "包裹", "物流", "海关")) {
      any.add(ChainBook.contains(word));
    }
    if (!priority.isEmpty()) {
      arguments.put("priority", priority);
      matcher.put("priority", priority);
    }
    String number = draw.pick("T-", "G-", "#") + draw.between(100, 9999);
    Call ticket =
        Call.of("create_ticket", arguments, "{\"ok\":true,\"ticket\":\"" + number + "\"}")
            .accepting(matcher);
    String done = ChainBook.reply(draw, "ticket.done", "number", number);
    return ChainBook.steps(draw, user, now + draw.say(" ", "") + done, track, ticket)
        .answering(number)
        .dependingOn("create_ticket", now);
  }

  /** A refund and a person, two orders, an order and its parcel: in one round. */
  static Scenario together(Draw draw) {
    String id = Orders.id(draw);
    String two = Orders.id(draw);
    String kind = draw.pick("refund.human", "refund.human", "two.track", "two.lookup", "both");
    String text = ChainBook.phrase(draw, kind, "id", id, "two", two);
    String place = Orders.place(draw);
    String place2 = Orders.place(draw);
    String moving = draw.say("in transit", "运输中");
    String waiting = Orders.waiting(draw);
    String gone = Orders.gone(draw);
    List<Call> calls =
        switch (kind) {
          case "refund.human" -> {
            ObjectNode any = Draw.arguments();
            any.set("reason", HomeBook.optional(ChainBook.contains()));
            ObjectNode refund = Draw.arguments().put("order_id", id);
            refund.set("reason", HomeBook.optional(ChainBook.contains()));
            yield List.of(
                Call.of(
                        "request_refund",
                        Draw.arguments().put("order_id", id),
                        "{\"ok\":true,\"status\":\"" + draw.say("requested", "已提交") + "\"}")
                    .accepting((JsonNode) refund),
                Call.of("handoff_human", Draw.arguments(), "{\"ok\":true}").accepting(any));
          }
          case "two.track" ->
              List.of(track(draw, id, moving, place), track(draw, two, moving, place2));
          case "two.lookup" ->
              List.of(
                  lookup(draw, id, waiting, Orders.total(draw)),
                  lookup(draw, two, gone, Orders.total(draw)));
          default ->
              List.of(lookup(draw, id, gone, Orders.total(draw)), track(draw, id, moving, place));
        };
    String answer =
        ChainBook.reply(
            draw,
            kind + ".done",
            "id",
            id,
            "two",
            two,
            "place",
            place,
            "place2",
            place2,
            "status",
            kind.equals("both") ? gone : waiting,
            "status2",
            gone);
    return ChainBook.together(draw, ChainBook.dressed(draw, text, id, two), answer, calls)
        .answering(id);
  }

  private static Call track(Draw draw, String id, String status, String place) {
    ObjectNode result = Draw.arguments().put("order_id", id).put("carrier", Orders.carrier(draw));
    result.put("status", status).put("location", place);
    return Call.of("track_shipment", Draw.arguments().put("order_id", id), result.toString());
  }
}
