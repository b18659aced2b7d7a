package dev.zhixing.samples.recipe.service;

import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Weighted;
import java.util.ArrayList;
import java.util.List;

/** The situations of the suite {@code service}. */
public final class ServiceSituations {

  private static final List<String> ORDER = List.of("order_id");

  private ServiceSituations() {}

  /** All of them with their shares; phrase books are read anew. */
  public static List<Weighted> all() {
    Phrasebook english = Phrasebook.load("service.en");
    Phrasebook chinese = Phrasebook.load("service.zh");
    Things things = new Things(english, chinese);
    List<Weighted> out = new ArrayList<>();
    for (Share share : shares()) {
      out.add(
          new Weighted(new ServiceRequest(english, chinese, things, share.kind()), share.weight()));
    }
    out.add(new Weighted(new MissingServiceTool(english, chinese, things), 1.5));
    return out;
  }

  private record Share(ServiceRequest.Kind kind, double weight) {}

  private static List<Share> shares() {
    List<String> refund = List.of("order_id", "amount", "reason");
    return List.of(
        share("status", "lookup_order", ORDER, "", 3),
        share("items", "lookup_order", ORDER, "", 2),
        share("total", "lookup_order", ORDER, "", 2),
        share("track", "track_shipment", ORDER, "", 3),
        share("track.history", "track_shipment", ORDER, "", 1),
        share("cancel", "cancel_order", List.of("order_id", "reason"), "reason", 2.5),
        share("refund", "request_refund", refund, "reason", 3.5),
        share("address", "update_address", List.of("order_id", "address"), "address", 3),
        share("faq", "search_faq", List.of("query"), "query", 4),
        share("ticket", "create_ticket", List.of("subject", "priority"), "subject", 2.5),
        share("human", "handoff_human", List.of("reason"), "reason", 2));
  }

  private static Share share(
      String section, String tool, List<String> parameters, String span, double weight) {
    return new Share(new ServiceRequest.Kind(section, tool, parameters, span, List.of()), weight);
  }
}
