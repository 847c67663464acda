package dev.serai.api;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.serai.event.InvalidEventException;
import dev.serai.event.SchemaViolationException;
import dev.serai.event.SensitiveBodyException;
import dev.serai.event.StorageException;
import dev.serai.job.NoSuchJobException;
import dev.serai.queue.InvalidJobException;
import dev.serai.queue.LostJobException;
import dev.serai.queue.UnknownJobException;
import dev.serai.redis.InvalidValueException;
import dev.serai.redis.RedisUnavailableException;
import dev.serai.redis.SessionConflictException;
import dev.serai.redis.backup.BrokenBackupException;
import dev.serai.redis.backup.ExistingKeyException;
import dev.serai.redis.backup.InvalidBackupException;
import dev.serai.redis.channel.InvalidMessageException;
import dev.serai.redis.channel.UnknownChannelException;
import io.lettuce.core.RedisException;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns every failure of the API into a problem with a cause. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(Problem problem) {
    return answer(problem.body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> withoutBody(SensitiveBodyException failure) {
    return answer(Problem.of(failure).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> violation(SchemaViolationException violation) {
    return answer(Problem.of(violation).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(InvalidEventException invalid) {
    return answer(Problem.badRequest(invalid.problem()).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(InvalidJobException invalid) {
    return answer(Problem.badRequest(String.valueOf(invalid.getMessage())).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(InvalidMessageException invalid) {
    return answer(Problem.badRequest(String.valueOf(invalid.getMessage())).body());
  }

  @ExceptionHandler({InvalidBackupException.class, BrokenBackupException.class})
  ResponseEntity<ProblemDetail> invalid(RuntimeException invalid) {
    return answer(Problem.badRequest(String.valueOf(invalid.getMessage())).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> existing(ExistingKeyException existing) {
    return answer(Problem.conflict(String.valueOf(existing.getMessage())).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unknown(UnknownChannelException unknown) {
    return answer(
        Problem.body(HttpStatus.NOT_FOUND, "not_found", String.valueOf(unknown.getMessage())));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unknown(UnknownJobException unknown) {
    return answer(Problem.notFound(unknown.what(), unknown.id()).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unknown(NoSuchJobException unknown) {
    return answer(Problem.notFound(unknown.what(), unknown.name()).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> lost(LostJobException lost) {
    return answer(Problem.conflict(String.valueOf(lost.getMessage())).body());
  }

  @ExceptionHandler({
    DataAccessException.class,
    CannotCreateTransactionException.class,
    StorageException.class
  })
  ResponseEntity<ProblemDetail> storage(Exception failure) {
    if (isDataError(failure)) {
      return answer(
          Problem.badRequest("The database can't take a value of the request as text").body());
    }
    log.warn("The API could not use the database: {}", failure.getMessage());
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(Problem.unavailable("The database can't be used at the moment").body());
  }

  @ExceptionHandler({RedisUnavailableException.class, RedisException.class})
  ResponseEntity<ProblemDetail> redis(RuntimeException failure) {
    log.warn("The API could not use Redis: {}", failure.getMessage());
    boolean full = String.valueOf(failure.getMessage()).startsWith("OOM ");
    String detail =
        full
            ? "Redis is full (maxmemory) and takes nothing new at the moment"
            : "Redis can't be used at the moment";
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(Problem.unavailable(detail).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(InvalidValueException invalid) {
    return answer(Problem.badRequest(String.valueOf(invalid.getMessage())).body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> conflict(SessionConflictException conflict) {
    return answer(Problem.conflict(String.valueOf(conflict.getMessage())).body());
  }

  /** Class 22 of SQL states: the statement is right, a value is not, e.g. a text with U+0000. */
  private static boolean isDataError(Exception failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException e
        && e.getSQLState() != null
        && e.getSQLState().startsWith("22");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(Exception failure) {
    log.error("The API failed", failure);
    return answer(
        Problem.body(
            HttpStatus.INTERNAL_SERVER_ERROR, "internal", "The hub failed; its log says why"));
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail body) {
    return ResponseEntity.status(body.getStatus()).body(body);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Class<?> type = failure.getRequiredType();
    String detail =
        "Parameter '%s' is '%s'; it must be a %s"
            .formatted(
                failure.getPropertyName(),
                failure.getValue(),
                type == null ? "value of another type" : word(type));
    return ResponseEntity.badRequest().body(Problem.badRequest(detail).body());
  }

  /** Names the member of the body that is not what it must be. */
  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return failure.getCause() instanceof JsonMappingException mapping
            && !mapping.getPath().isEmpty()
        ? ResponseEntity.badRequest()
            .body(Problem.badRequest(UnreadableBody.detail(mapping)).body())
        : super.handleHttpMessageNotReadable(failure, headers, status, request);
  }

  private static String word(Class<?> type) {
    return Number.class.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(type))
        ? "number"
        : type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Spring's own refusals: a wrong method or media type, JSON that can't be read. */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpStatus known = HttpStatus.valueOf(status.value());
    String cause = known.name().toLowerCase(Locale.ROOT);
    String detail =
        body instanceof ProblemDetail problem && problem.getDetail() != null
            ? problem.getDetail()
            : known.getReasonPhrase();
    return ResponseEntity.status(status).headers(headers).body(Problem.body(known, cause, detail));
  }
}
