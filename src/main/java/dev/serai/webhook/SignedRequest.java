package dev.serai.webhook;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a scheme sees of a request: its headers, by any case of their names, and its raw bytes. */
public interface SignedRequest {

  /** Every value of a header, in the order of its lines. */
  List<String> header(String name);

  byte[] body();

  /** A request that is not one of HTTP, e.g. from a file. */
  static SignedRequest of(Map<String, List<String>> headers, byte[] body) {
    Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    return new SignedRequest() {
      @Override
      public List<String> header(String name) {
        return anyCase.getOrDefault(name, List.of());
      }

      @Override
      public byte[] body() {
        return body;
      }
    };
  }
}
