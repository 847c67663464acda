package dev.serai.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions of one version, and which of them an event of a source and type goes to. */
final class SubscriptionMatch {

  /** Types come from outside; whoever invents them must not fill the memory. */
  private static final int MAX_REMEMBERED = 10_000;

  private final long version;
  private final List<Candidate> candidates;
  private final Map<Kind, List<Subscription>> remembered = new ConcurrentHashMap<>();

  SubscriptionMatch(long version, List<Subscription> subscriptions) {
    this.version = version;
    this.candidates =
        subscriptions.stream().map(s -> new Candidate(s, new TypePattern(s.types()))).toList();
  }

  /**
   * @throws IllegalArgumentException when a type of the subscription is none
   */
  static void check(String name, List<String> types) {
    try {
      new TypePattern(types);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Subscription '%s', option 'types': %s".formatted(name, e.getMessage()), e);
    }
  }

  long version() {
    return version;
  }

  String name(int id) {
    return candidates.stream()
        .map(Candidate::subscription)
        .filter(subscription -> subscription.id() == id)
        .map(Subscription::name)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No subscription has the number " + id));
  }

  List<Subscription> subscriptions(NewEvent event) {
    return subscriptions(event.source(), event.type(), event.isOpen());
  }

  /** Those of events that were received; the others of the same kind go to fewer. */
  List<Subscription> subscriptions(String source, String type) {
    return subscriptions(source, type, true);
  }

  private List<Subscription> subscriptions(String source, String type, boolean received) {
    Kind kind = new Kind(source, type, received);
    List<Subscription> known = remembered.get(kind);
    if (known != null) {
      return known;
    }
    List<Subscription> found =
        candidates.stream()
            .filter(candidate -> candidate.wants(kind))
            .map(Candidate::subscription)
            .toList();
    if (remembered.size() < MAX_REMEMBERED) {
      remembered.put(kind, found);
    }
    return found;
  }

  private record Kind(String source, String type, boolean received) {}

  private record Candidate(Subscription subscription, TypePattern types) {
    boolean wants(Kind kind) {
      List<String> sources = subscription.sources();
      return (kind.received || !subscription.received())
          && (sources.isEmpty() || sources.contains(kind.source))
          && types.test(kind.type);
    }
  }
}
