package dev.serai.api;

import dev.serai.cloud.storage.LocalObjects;
import dev.serai.cloud.storage.ObjectException;
import dev.serai.cloud.storage.Permit;
import dev.serai.cloud.storage.PermitException;
import dev.serai.cloud.storage.Reading;
import dev.serai.cloud.storage.SignedAddresses;
import dev.serai.cloud.storage.StoredObject;
import dev.serai.cloud.storage.Upload;
import dev.serai.webhook.RequestId;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Objects over HTTP for who has a signed address: no key, no session. It stands before Spring's
 * security, whose firewall refuses characters that names of objects may have.
 */
final class ObjectDoor implements Filter {

  private static final String ANY_TYPE = "application/octet-stream";

  private final LocalObjects objects;
  private final SignedAddresses addresses;
  private final ProblemWriter problems;

  ObjectDoor(LocalObjects objects, SignedAddresses addresses, ProblemWriter problems) {
    this.objects = objects;
    this.addresses = addresses;
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest asked, ServletResponse answered, FilterChain chain)
      throws IOException {
    HttpServletRequest request = (HttpServletRequest) asked;
    HttpServletResponse response = (HttpServletResponse) answered;
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Referrer-Policy", "no-referrer");
    try {
      handle(request, response);
    } catch (PermitException e) {
      problem(request, response, HttpStatus.FORBIDDEN, e.word(), e);
    } catch (ObjectException e) {
      problem(request, response, status(e), e.word(), e);
    } catch (IllegalArgumentException e) {
      problem(request, response, HttpStatus.BAD_REQUEST, "refused", e);
    }
  }

  private void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, PermitException {
    ObjectAddress address = ObjectAddress.of(request.getRequestURI(), request.getQueryString());
    String method = request.getMethod();
    switch (method) {
      case "GET", "HEAD" -> {
        Permit permit = addresses.verify("GET", address.bucket(), address.name(), address.query());
        get(permit, request, response);
      }
      case "PUT" -> {
        Permit permit = addresses.verify("PUT", address.bucket(), address.name(), address.query());
        put(permit, request, response);
      }
      default -> {
        response.setHeader(HttpHeaders.ALLOW, "GET, HEAD, PUT");
        problems.write(
            request,
            response,
            HttpStatus.METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "Objects have GET, HEAD and PUT");
      }
    }
  }

  private static HttpStatus status(ObjectException failure) {
    return switch (failure.word()) {
      case "missing" -> HttpStatus.NOT_FOUND;
      case "exists", "changed" -> HttpStatus.PRECONDITION_FAILED;
      case "too_large" -> HttpStatus.PAYLOAD_TOO_LARGE;
      case "unavailable" -> HttpStatus.SERVICE_UNAVAILABLE;
      case "corrupt" -> HttpStatus.INTERNAL_SERVER_ERROR;
      default -> HttpStatus.BAD_REQUEST;
    };
  }

  private void problem(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      String cause,
      Exception failure)
      throws IOException {
    if (response.isCommitted()) {
      // Half of an object is on its way: that the connection breaks tells the receiver.
      throw new IOException(failure.getMessage(), failure);
    }
    String id = response.getHeader(RequestId.HEADER);
    response.reset();
    response.setHeader(RequestId.HEADER, id);
    response.setHeader("X-Content-Type-Options", "nosniff");
    problems.write(request, response, status, cause, String.valueOf(failure.getMessage()));
  }

  private void get(Permit permit, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Reading whole = objects.read(permit.bucket(), permit.name());
    StoredObject object = whole.object();
    try (InputStream in = whole.in()) {
      if (ObjectAnswer.etag(object).equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
        response.setHeader(HttpHeaders.ETAG, ObjectAnswer.etag(object));
        response.setStatus(HttpStatus.NOT_MODIFIED.value());
        return;
      }
      ObjectAnswer.Part part = part(request, response, object);
      if (response.getStatus() == HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value()) {
        return;
      }
      ObjectAnswer.headers(response, object);
      response.setContentLengthLong(part == null ? object.size() : part.length());
      if (part != null) {
        response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
        response.setHeader(HttpHeaders.CONTENT_RANGE, part.header(object.size()));
        in.skipNBytes(part.offset());
      }
      if (request.getMethod().equals("GET")) {
        send(in, part == null ? object.size() : part.length(), response);
      }
    }
  }

  private static ObjectAnswer.@Nullable Part part(
      HttpServletRequest request, HttpServletResponse response, StoredObject object) {
    try {
      return ObjectAnswer.part(request.getHeader(HttpHeaders.RANGE), object.size());
    } catch (IllegalArgumentException e) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + object.size());
      response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
      return null;
    }
  }

  private static void send(InputStream in, long length, HttpServletResponse response)
      throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("An object ended too early");
      }
      response.getOutputStream().write(buffer, 0, read);
      left -= read;
    }
  }

  private void put(Permit permit, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String type = permit.contentType();
    if (!type.isEmpty() && !type.equals(request.getContentType())) {
      problems.write(
          request,
          response,
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "content_type",
          "The Content-Type must be %s, as it was signed".formatted(type));
      return;
    }
    if (request.getContentLengthLong() > permit.maxBytes()) {
      problems.write(
          request,
          response,
          HttpStatus.PAYLOAD_TOO_LARGE,
          "too_large",
          "The object may have %s bytes".formatted(permit.maxBytes()));
      return;
    }
    Upload upload =
        new Upload(
            permit.name(),
            request.getInputStream(),
            permit.maxBytes(),
            request.getHeader("X-Serai-Crc32c"),
            permit.overwrite(),
            type.isEmpty() ? ANY_TYPE : type,
            null,
            null,
            Map.of());
    StoredObject object = objects.put(permit.bucket(), upload);
    response.setHeader(HttpHeaders.ETAG, ObjectAnswer.etag(object));
    response.setStatus(HttpStatus.CREATED.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(object.json().getBytes(StandardCharsets.UTF_8));
  }
}
