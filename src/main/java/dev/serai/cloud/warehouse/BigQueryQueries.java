package dev.serai.cloud.warehouse;

import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about the tables of the dataset. All pages of an answer are those of one job:
 * they are billed once and don't overlap.
 */
final class BigQueryQueries implements WarehouseQueries {

  private static final Pattern PAGE =
      Pattern.compile("(\\d{1,18})-(serai_query_([0-9a-f]+)_[0-9a-f]+)");
  private static final String SELECT = "SELECT";

  private final BigQueryTables tables;
  private final BigQueryJobs jobs;

  BigQueryQueries(BigQueryTables tables, BigQueryJobs jobs) {
    this.tables = tables;
    this.jobs = jobs;
  }

  @Override
  public Page ask(Question question)
      throws QueryRefusedException,
          QueryTimeoutException,
          WarehouseException,
          InterruptedException {
    Patience patience = new Patience(question.timeout());
    Question.Bound bound = question.bound();
    try {
      if (!question.page().isEmpty()) {
        return later(question, patience);
      }
      return first(question, bound, patience);
    } catch (IOException e) {
      throw failure(question, e);
    }
  }

  private Page first(Question question, Question.Bound bound, Patience patience)
      throws IOException,
          QueryRefusedException,
          QueryTimeoutException,
          WarehouseException,
          InterruptedException {
    List<QueryParameter> parameters =
        Arrays.stream(bound.values()).map(BigQueryValues::parameter).toList();
    String kind = kind(bound.sql(), parameters);
    if (!SELECT.equals(kind)) {
      throw new QueryRefusedException(
          "The query must be a single SELECT; BigQuery says it is " + kind);
    }
    JobReference job = jobs.begin(question.newJob(), bound.sql(), parameters, question.timeout());
    return page(question, job, 0, patience);
  }

  /** Tables are made when rows come; a question may be the first that needs one. */
  private String kind(String sql, List<QueryParameter> parameters)
      throws IOException, WarehouseException, InterruptedException {
    try {
      return jobs.kind(sql, parameters);
    } catch (IOException e) {
      if (!BigQueryFault.of(e).said().startsWith("Not found: Table")) {
        throw e;
      }
      tables.all();
      return jobs.kind(sql, parameters);
    }
  }

  private Page later(Question question, Patience patience)
      throws IOException,
          QueryRefusedException,
          QueryTimeoutException,
          WarehouseException,
          InterruptedException {
    Matcher page = PAGE.matcher(question.page());
    if (!page.matches() || !page.group(3).equals(question.fingerprint())) {
      throw new QueryRefusedException(
          "The page '%s' is none of this query".formatted(question.page()));
    }
    try {
      return page(question, jobs.reference(page.group(2)), Long.parseLong(page.group(1)), patience);
    } catch (IOException e) {
      if (BigQueryFault.of(e).status() == BigQueryFault.MISSING) {
        throw new QueryRefusedException(
            "The page '%s' is no more there, BigQuery keeps answers for a day; ask anew"
                .formatted(question.page()),
            e);
      }
      throw e;
    }
  }

  private Page page(Question question, JobReference job, long start, Patience patience)
      throws IOException, QueryTimeoutException, WarehouseException, InterruptedException {
    GetQueryResultsResponse answer;
    try {
      answer = jobs.results(job, start, question.maxRows(), patience);
    } catch (InterruptedException e) {
      jobs.abandon(job);
      throw e;
    }
    if (answer == null) {
      jobs.cancel(job);
      throw new QueryTimeoutException(question.timeout(), null);
    }
    List<TableFieldSchema> fields = answer.getSchema().getFields();
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    List<TableRow> found = answer.getRows() == null ? List.of() : answer.getRows();
    found.forEach(row -> rows.add(BigQueryValues.row(fields, row.getF())));
    long end = start + rows.size();
    boolean more = !rows.isEmpty() && end < answer.getTotalRows().longValue();
    return new Page(
        fields.stream().map(field -> new Page.Field(field.getName(), field.getType())).toList(),
        rows,
        more ? end + "-" + job.getJobId() : null);
  }

  private WarehouseException failure(Question question, IOException e)
      throws QueryRefusedException, QueryTimeoutException {
    BigQueryFault fault = BigQueryFault.of(e);
    boolean ofTable = fault.said().startsWith("Not found: Table");
    switch (fault.reason()) {
      case "stopped" -> throw new QueryTimeoutException(question.timeout(), e);
      case "bytesBilledLimitExceeded" ->
          throw new QueryRefusedException(
              "The query would read more than serai.warehouse.max-bytes, %s. BigQuery says: %s"
                  .formatted(jobs.maxBytes(), fault.said()),
              e);
      case "invalidQuery", "invalid", "responseTooLarge", "resourcesExceeded" ->
          throw new QueryRefusedException(
              "The query is refused. BigQuery says: " + fault.said(), e);
      default -> {
        if (ofTable) {
          throw new QueryRefusedException(
              "The query is refused. BigQuery says: " + fault.said(), e);
        }
        return jobs.calls()
            .failure(e, "A job on " + jobs.calls().described(), "bigquery.jobs.create");
      }
    }
  }
}
