package dev.serai.webhook;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Which values of a request become which attributes of its event. */
@UriParams
public abstract sealed class MappingOptions extends DecisionOptions permits SourceOptions {

  @Metadata(required = true)
  @UriParam(
      label = "consumer",
      description =
          "Where the type of the event is: a JSON pointer, header:<name>, or a text with these in"
              + " braces, {/schema}.{/table}. The source's name comes before it.")
  @Nullable String type;

  @UriParam(
      label = "consumer",
      description =
          "How parts of the type are written that the provider writes otherwise, separated by"
              + " commas: INSERT=inserted,DELETE=deleted. A lone * stands for all others and =lower"
              + " for lower case: *=lower.")
  String typeNames = "";

  @UriParam(
      label = "consumer",
      description =
          "Types that are taken, as the provider writes them, separated by commas; others are"
              + " refused as wrong_type. All, if empty.")
  String types = "";

  @UriParam(
      label = "consumer",
      description =
          "Where the dedupe key is: a JSON pointer, header:<name>, or a text with these in braces,"
              + " of which the first that is there counts: {/id|header:X-Id|hash}. The word hash"
              + " is that of the body without its volatile values. The hash, if empty.")
  @Nullable String key;

  @UriParam(
      label = "consumer",
      description =
          "The key under which reconciliation would have appended the same event, written like the"
              + " key, where that can't know the other. An event that was recovered under it is"
              + " known.")
  @Nullable String recoveredKey;

  @UriParam(
      label = "consumer",
      description = "Where the name of what the event happened to is, written like the key.")
  @Nullable String subject;

  @UriParam(
      label = "consumer",
      description =
          "Where the time at which it happened is: seconds or milliseconds since the epoch, or RFC"
              + " 3339. The time of receipt, if empty or something else.")
  @Nullable String time;

  @UriParam(
      label = "consumer",
      description = "Where the workspace that it belongs to is, written like the key.")
  @Nullable String workspace;

  @UriParam(
      label = "consumer",
      description =
          "Values that are replaced before the event is stored, separated by commas:"
              + " <type>=<JSON pointer> <JSON pointer>, the type without the source, in which and"
              + " in the pointers * stands for any name: auth.users.*=/*/encrypted_password.")
  String redact = "";

  public void setRedact(String redact) {
    this.redact = redact;
  }

  public void setType(String type) {
    this.type = type;
  }

  public void setTypeNames(String typeNames) {
    this.typeNames = typeNames;
  }

  public void setTypes(String types) {
    this.types = types;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public void setRecoveredKey(String recoveredKey) {
    this.recoveredKey = recoveredKey;
  }

  public void setSubject(String subject) {
    this.subject = subject;
  }

  public void setTime(String time) {
    this.time = time;
  }

  public void setWorkspace(String workspace) {
    this.workspace = workspace;
  }
}
