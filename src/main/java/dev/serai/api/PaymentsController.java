package dev.serai.api;

import static io.swagger.v3.oas.annotations.enums.ParameterIn.QUERY;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Payments of all providers, and why each is what it is. */
@RestController
@RequestMapping("/api/v1/payments")
class PaymentsController {

  static final Set<String> STATES =
      Set.of("created", "pending", "failed", "succeeded", "partially_refunded", "refunded");

  private final PaymentQueries queries;

  PaymentsController(PaymentQueries queries) {
    this.queries = queries;
  }

  /** Lists payments, the last known first. */
  @GetMapping
  @Parameter(in = QUERY, name = "provider", description = "only those of this provider")
  @Parameter(
      in = QUERY,
      name = "state",
      description =
          "only those in this state: created, pending, failed, succeeded, partially_refunded or"
              + " refunded")
  @Parameter(in = QUERY, name = "customer", description = "only those of this customer")
  @Parameter(in = QUERY, name = "workspace", description = "only those of this workspace")
  @Parameter(in = QUERY, name = "subscription", description = "only those of this subscription")
  @Parameter(in = QUERY, name = "from", description = "only those first known then or later")
  @Parameter(in = QUERY, name = "to", description = "only those first known before")
  @Paged
  PaymentView.Page list(@Parameter(hidden = true) @RequestParam Map<String, String> query) {
    QueryParameters parameters =
        new QueryParameters(
            query,
            "provider",
            "state",
            "customer",
            "workspace",
            "subscription",
            "from",
            "to",
            "cursor",
            "limit");
    int limit = parameters.limit();
    Slice<PaymentQueries.Numbered> page =
        Slice.of(queries.list(parameters, parameters.number("cursor"), limit), limit);
    return new PaymentView.Page(
        page.rows().stream().map(PaymentQueries.Numbered::payment).toList(),
        page.next(last -> Long.toString(last.number())));
  }

  /**
   * One payment: its refunds, its history with what was refused, and the events behind it.
   *
   * @param id the provider's id of it
   * @param provider whose id that is; needed if two providers have the same
   */
  @GetMapping("/{id}")
  PaymentView.Whole show(
      @PathVariable String id, @RequestParam(required = false) @Nullable String provider) {
    List<PaymentView> found = queries.find(id, provider);
    if (found.isEmpty()) {
      throw Problem.notFound(
          provider == null ? "payment" : "payment of provider '%s'".formatted(provider), id);
    }
    if (found.size() > 1) {
      throw Problem.badRequest(
          "Parameter 'provider' is missing: %s have a payment '%s'"
              .formatted(found.stream().map(PaymentView::provider).toList(), id));
    }
    return queries.whole(found.getFirst());
  }
}
