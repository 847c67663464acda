package dev.serai.cloud.google;

import com.google.api.gax.rpc.StatusCode;

/** Says what to do about an answer of Google's, in the same words for all services. */
public final class Denied {

  private Denied() {}

  /**
   * What is wrong and what would be right.
   *
   * @param status as gRPC and HTTP have it: {@code StatusCode.Code} by name, or the number of HTTP
   * @param what the resource, such as {@code Bucket 'evidence-1'}
   * @param permission what the account needs there, such as {@code storage.objects.create}
   * @param property what names the resource, such as {@code serai.buckets.evidence}
   * @param account as {@link GoogleAccount#described()} says it
   * @param said Google's own message, in one line
   */
  public static String text(
      Kind status, String what, String permission, String property, String account, String said) {
    String advice =
        switch (status) {
          case MISSING ->
              "%s is not there; make it, or set %s to one that is".formatted(what, property);
          case FORBIDDEN ->
              "%s can't be used: the %s lacks the permission %s (%s)"
                  .formatted(what, account, permission, property);
          case UNAUTHENTICATED ->
              "%s can't be used: Google does not know the %s; see serai.google.credentials (%s)"
                  .formatted(what, account, property);
          case QUOTA -> "%s is asked more than its quota allows (%s)".formatted(what, property);
          case UNAVAILABLE -> "%s can't be reached now (%s)".formatted(what, property);
          case REFUSED -> "%s refuses this (%s)".formatted(what, property);
        };
    return advice + ". Google says: " + said.lines().findFirst().orElse("nothing");
  }

  /** The kinds of answers that are told apart. */
  public enum Kind {
    MISSING,
    FORBIDDEN,
    UNAUTHENTICATED,
    QUOTA,
    UNAVAILABLE,
    REFUSED;

    /** By the number of HTTP; 0 if there was no answer. */
    public static Kind of(int http) {
      return switch (http) {
        case 401 -> UNAUTHENTICATED;
        case 403 -> FORBIDDEN;
        case 404 -> MISSING;
        case 429 -> QUOTA;
        default -> http >= 400 && http < 500 && http != 408 ? REFUSED : UNAVAILABLE;
      };
    }

    /** By the code of gRPC. */
    public static Kind of(StatusCode.Code code) {
      return switch (code) {
        case NOT_FOUND -> MISSING;
        case PERMISSION_DENIED -> FORBIDDEN;
        case UNAUTHENTICATED -> UNAUTHENTICATED;
        case RESOURCE_EXHAUSTED -> QUOTA;
        case INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS, OUT_OF_RANGE, UNIMPLEMENTED ->
            REFUSED;
        default -> UNAVAILABLE;
      };
    }
  }
}
