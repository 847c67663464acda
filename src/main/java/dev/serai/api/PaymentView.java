package dev.serai.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the API shows it. Amounts are in minor units.
 *
 * @param provider whose it is
 * @param id the provider's id of it
 * @param state created, pending, failed, succeeded, partially_refunded or refunded
 * @param amount what is to be paid; what was paid, once it has succeeded
 * @param amountRefunded how much of it was given back
 * @param currency of the amounts, in lower case
 * @param customer the provider's id of who pays
 * @param workspace the tenant it belongs to
 * @param subscription the provider's id of the subscription that it pays for
 * @param createdAt when it was announced
 * @param succeededAt when it succeeded
 * @param failedAt when the last failed attempt was
 * @param failureCode why that failed
 * @param failureMessage the same for people
 * @param refundedAt when the last refund of it succeeded
 * @param knownAt when the hub first heard of it
 * @param updatedAt when anything of it last changed
 */
record PaymentView(
    String provider,
    String id,
    String state,
    long amount,
    long amountRefunded,
    String currency,
    @Nullable String customer,
    @Nullable String workspace,
    @Nullable String subscription,
    @Nullable Instant createdAt,
    @Nullable Instant succeededAt,
    @Nullable Instant failedAt,
    @Nullable String failureCode,
    @Nullable String failureMessage,
    @Nullable Instant refundedAt,
    Instant knownAt,
    Instant updatedAt) {

  /**
   * One page of payments.
   *
   * @param payments the last known first
   * @param next the cursor of the page after it; missing on the last one
   */
  record Page(List<PaymentView> payments, @Nullable String next) {}

  /**
   * A payment with all that is known of it.
   *
   * @param payment the payment
   * @param customer who pays, if the provider has said
   * @param refunds what was given back, or is to be
   * @param history what changed and what was refused, of it and its refunds, the first first
   * @param events those behind the history that are still kept, the first first
   */
  record Whole(
      PaymentView payment,
      @Nullable Customer customer,
      List<Refund> refunds,
      List<Transition> history,
      List<Behind> events) {}

  /**
   * Who pays.
   *
   * @param id the provider's id of them
   * @param email the last that an event named
   * @param workspace the tenant they belong to
   */
  record Customer(String id, @Nullable String email, @Nullable String workspace) {}

  /**
   * A refund.
   *
   * @param id the provider's id of it
   * @param state pending, succeeded, failed or cancelled
   * @param status the provider's word for that
   * @param amount how much is given back
   * @param currency of the amount, in lower case
   * @param reason why it was asked for
   * @param failureCode why it failed
   * @param changedAt when it came to its state
   */
  record Refund(
      String id,
      String state,
      @Nullable String status,
      long amount,
      String currency,
      @Nullable String reason,
      @Nullable String failureCode,
      Instant changedAt) {}

  /**
   * A change of state, or one that was refused.
   *
   * @param kind payment or refund
   * @param id the provider's id of what changed
   * @param from the state before; missing if nothing was known
   * @param to the state after; the one that was asked for, if it was refused
   * @param word the provider's word for it
   * @param at when, by the provider, or else when the event came
   * @param eventId the event that told of it
   * @param refused why it was refused; missing if it was not
   */
  record Transition(
      String kind,
      String id,
      @Nullable String from,
      String to,
      @Nullable String word,
      Instant at,
      UUID eventId,
      @Nullable String refused) {}

  /**
   * An event behind the history; {@code /api/v1/events/{id}} has all of it.
   *
   * @param id the hub's id of it
   * @param source who says that it happened
   * @param type what happened
   * @param time when, by its source
   */
  record Behind(UUID id, String source, String type, Instant time) {}
}
