package dev.serai.api;

import static io.swagger.v3.oas.annotations.enums.ParameterIn.QUERY;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What jobs have written for people and programs: invoices, reports. */
@RestController
@RequestMapping("/api/v1/documents")
class DocumentsController {

  private final DocumentQueries queries;

  DocumentsController(DocumentQueries queries) {
    this.queries = queries;
  }

  /** Lists documents without what is in them, the latest period first. */
  @GetMapping
  @Parameter(in = QUERY, name = "kind", description = "only these: invoice, weekly-report, ...")
  @Parameter(
      in = QUERY,
      name = "workspace",
      description = "only those of this workspace; * for those of all together")
  @Parameter(in = QUERY, name = "period", description = "only those about this period: 2026-11")
  @Paged
  DocumentView.Page list(@Parameter(hidden = true) @RequestParam Map<String, String> query) {
    QueryParameters parameters =
        new QueryParameters(query, "kind", "workspace", "period", "cursor", "limit");
    int limit = parameters.limit();
    Slice<DocumentQueries.Placed> page = Slice.of(queries.list(parameters, limit), limit);
    return new DocumentView.Page(
        page.rows().stream().map(DocumentQueries.Placed::document).toList(),
        page.next(DocumentQueries.Placed::place));
  }

  /**
   * One document, as data.
   *
   * @param kind what it is
   * @param workspace whose it is; * for that of all together
   * @param period what it is about
   */
  @GetMapping("/{kind}/{workspace}/{period}")
  DocumentView show(
      @PathVariable String kind, @PathVariable String workspace, @PathVariable String period) {
    return queries
        .find(kind, workspace, period)
        .orElseThrow(() -> Problem.notFound("document", name(kind, workspace, period)));
  }

  /**
   * One document, as a page for people: a file to save.
   *
   * @param kind what it is
   * @param workspace whose it is; * for that of all together
   * @param period what it is about
   */
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  @GetMapping("/{kind}/{workspace}/{period}/html")
  ResponseEntity<byte[]> html(
      @PathVariable String kind, @PathVariable String workspace, @PathVariable String period) {
    String name = name(kind, workspace, period);
    String html =
        queries.html(kind, workspace, period).orElseThrow(() -> Problem.notFound("document", name));
    ContentDisposition file =
        ContentDisposition.attachment()
            .filename(name.replaceAll("[^\\w.-]+", "-") + ".html", StandardCharsets.UTF_8)
            .build();
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
        .body(html.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(String kind, String workspace, String period) {
    return "%s/%s/%s".formatted(kind, workspace, period);
  }
}
