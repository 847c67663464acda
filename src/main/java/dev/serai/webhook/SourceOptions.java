package dev.serai.webhook;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@code from: inbound}; Camel sets them by their setters. */
@UriParams
public final class SourceOptions extends MappingOptions {

  /** Supabase's Auth waits five seconds for all attempts together. */
  private static final Duration LONGEST_DECISION = Duration.ofSeconds(4);

  @Metadata(required = true)
  @UriParam(
      label = "consumer",
      description =
          "Name of the provider. It is the source of its events, begins their types, and names the"
              + " setting of its secrets: SERAI_<SOURCE>_SECRETS.")
  String source = "";

  @UriParam(
      label = "consumer",
      description = "Path below /webhooks at which it posts. /<source>, if empty.")
  String path = "";

  @Metadata(required = true)
  @UriParam(
      label = "consumer",
      description = "How its requests are verified.",
      enums =
          "stripe-v1,standard-webhooks,phonepe-v1,phonepe-v2-sha,phonepe-v2-hmac,shared-secret,hmac,"
              + "google-oidc")
  String scheme = "";

  @UriParam(
      label = "consumer",
      name = "volatile",
      description =
          "JSON pointers, separated by commas, to values that may differ between two copies of one"
              + " event. Any other difference under one key is a conflict.")
  String volatileValues = "";

  @UriParam(
      label = "consumer",
      defaultValue = "any",
      enums = "any,live,test",
      description =
          "Which events are taken: live ones, test ones, or any. Others are refused as wrong_mode.")
  Mode mode = Mode.ANY;

  @UriParam(
      label = "consumer",
      defaultValue = "/livemode",
      description = "JSON pointer to true for a live event and false for a test event.")
  String livemode = "/livemode";

  @UriParam(
      label = "consumer",
      defaultValue = "application/json",
      description = "Media types that are taken, separated by commas.")
  String contentTypes = "application/json";

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      description =
          "How far the time of signing may be from the hub's, in both directions."
              + " serai.webhooks.tolerance, if empty.")
  @Nullable Duration tolerance;

  @UriParam(
      label = "consumer",
      description =
          "Addresses and ranges that requests may come from, separated by commas; all others are"
              + " refused. Behind proxies see serai.webhooks.trusted-proxies. Any, if empty.")
  String allow = "";

  @UriParam(
      label = "consumer",
      description = "Largest body in bytes. serai.webhooks.max-body, if 0.")
  int maxBody;

  @UriParam(
      label = "consumer",
      defaultValue = "false",
      description =
          "Whether bodies hold what nobody else may read, such as one-time codes: they are stored"
              + " encrypted, erased after their deliveries and shown to admins only. Type, key,"
              + " subject and workspace are not: they must not be taken from what is secret.")
  boolean sensitive;

  AddressRanges allowed() {
    return AddressRanges.parse("inbound: option 'allow'", split(allow));
  }

  List<String> volatilePointers() {
    return split(volatileValues);
  }

  List<String> mediaTypes() {
    return split(contentTypes);
  }

  String servletPath() {
    return path.isEmpty() ? "/" + source : path;
  }

  /**
   * @throws IllegalArgumentException naming the option whose value can't be
   */
  void check() {
    require(source.matches("[a-z][a-z0-9-]*"), "source", source, "be a lower-case name");
    require(
        servletPath().matches("(/[A-Za-z0-9_.-]+)+"), "path", path, "be a path such as /stripe");
    require(!scheme.isEmpty(), "scheme", scheme, "name how requests are verified");
    require(type != null, "type", type, "say where the type of an event is");
    require(maxBody >= 0, "maxBody", maxBody, "be 0 or more");
    checkLimits();
    require(
        decide == null || decide.isPositive() && decide.compareTo(LONGEST_DECISION) <= 0,
        "decide",
        decide,
        "be more than nothing and at most %s s".formatted(LONGEST_DECISION.toSeconds()));
    require(
        decides() != safeAnswer.isEmpty(),
        "safeAnswer",
        safeAnswer,
        "be set with decide, and only then");
    require(
        redact.isEmpty() || !scheme.equals("phonepe-v1"),
        "redact",
        redact,
        "be empty for scheme phonepe-v1, whose bodies are wrapped");
    AuthHooks.check(this);
    if (decides()) {
      new SafeAnswer(safeAnswer);
    }
  }

  static void require(boolean condition, String option, @Nullable Object value, String what) {
    if (!condition) {
      throw new IllegalArgumentException(
          "inbound: option '%s' is '%s'; it must %s".formatted(option, value, what));
    }
  }

  static List<String> split(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** Which events a source takes. */
  public enum Mode {
    ANY,
    LIVE,
    TEST
  }

  public void setSource(String source) {
    this.source = source;
  }

  public void setPath(String path) {
    this.path = path;
  }

  public void setScheme(String scheme) {
    this.scheme = scheme;
  }

  public void setVolatile(String volatileValues) {
    this.volatileValues = volatileValues;
  }

  public void setMode(Mode mode) {
    this.mode = mode;
  }

  public void setLivemode(String livemode) {
    this.livemode = livemode;
  }

  public void setContentTypes(String contentTypes) {
    this.contentTypes = contentTypes;
  }

  public void setTolerance(Duration tolerance) {
    this.tolerance = tolerance;
  }

  public void setAllow(String allow) {
    this.allow = allow;
  }

  public void setSensitive(boolean sensitive) {
    this.sensitive = sensitive;
  }

  public void setMaxBody(int maxBody) {
    this.maxBody = maxBody;
  }
}
