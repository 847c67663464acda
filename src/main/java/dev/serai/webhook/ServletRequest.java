package dev.serai.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/** A request that came over HTTP. */
record ServletRequest(HttpServletRequest request, byte[] body) implements SignedRequest {

  @Override
  public List<String> header(String name) {
    return Collections.list(request.getHeaders(name));
  }
}
