package dev.serai.cloud.warehouse;

import com.google.api.services.bigquery.model.DataFormatOptions;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.QueryResponse;
import com.google.api.services.bigquery.model.TableRow;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Jobs of BigQuery that ask for something; each has an id of ours, so that none runs twice. */
final class BigQueryJobs {

  private static final Logger log = LoggerFactory.getLogger(BigQueryJobs.class);

  /** How long BigQuery waits with an answer; shorter than the client. */
  private static final long WAIT = 10_000;

  private final BigQueryCalls calls;
  private final DataSize maxBytes;

  BigQueryJobs(BigQueryCalls calls, DataSize maxBytes) {
    this.calls = calls;
    this.maxBytes = maxBytes;
  }

  DataSize maxBytes() {
    return maxBytes;
  }

  BigQueryCalls calls() {
    return calls;
  }

  private JobConfigurationQuery query(String sql, List<QueryParameter> parameters) {
    return new JobConfigurationQuery()
        .setQuery(sql)
        .setUseLegacySql(false)
        .setDefaultDataset(calls.reference())
        .setMaximumBytesBilled(maxBytes.toBytes())
        .setParameterMode(parameters.isEmpty() ? null : "POSITIONAL")
        .setQueryParameters(parameters.isEmpty() ? null : parameters);
  }

  /**
   * What BigQuery's own parser says it is, such as SELECT or SCRIPT; nothing is billed for that.
   */
  String kind(String sql, List<QueryParameter> parameters)
      throws IOException, WarehouseException, InterruptedException {
    String place = calls.location();
    Job told =
        calls.repeat(
            (client, project) ->
                client
                    .jobs()
                    .insert(
                        project,
                        new Job()
                            .setJobReference(
                                new JobReference().setProjectId(project).setLocation(place))
                            .setConfiguration(
                                new JobConfiguration()
                                    .setDryRun(true)
                                    .setQuery(query(sql, parameters)))));
    return told.getStatistics().getQuery().getStatementType();
  }

  /**
   * Begins a job.
   *
   * @param id its id; a second call with it begins no other
   */
  JobReference begin(String id, String sql, List<QueryParameter> parameters, Duration limit)
      throws IOException, WarehouseException, InterruptedException {
    JobReference reference = reference(id);
    Job job =
        new Job()
            .setJobReference(reference)
            .setConfiguration(
                new JobConfiguration()
                    .setJobTimeoutMs(limit.toMillis())
                    .setQuery(query(sql, parameters)));
    try {
      calls.repeat((client, project) -> client.jobs().insert(project, job));
    } catch (IOException e) {
      // An answer before this one was lost.
      if (BigQueryFault.of(e).status() != BigQueryFault.EXISTS) {
        throw e;
      }
    }
    return reference;
  }

  JobReference reference(String id) throws WarehouseException, InterruptedException {
    return new JobReference()
        .setProjectId(calls.reference().getProjectId())
        .setJobId(id)
        .setLocation(calls.location());
  }

  /** Rows of a job; null if it has not ended in time. */
  @Nullable GetQueryResultsResponse results(
      JobReference job, long start, long rows, Patience patience)
      throws IOException, WarehouseException, InterruptedException {
    do {
      long wait =
          Math.min(Math.min(WAIT, calls.timeout().toMillis() / 2), patience.left().toMillis());
      GetQueryResultsResponse answer =
          calls.repeat(
              (client, project) ->
                  client
                      .jobs()
                      .getQueryResults(project, job.getJobId())
                      .setLocation(job.getLocation())
                      .setStartIndex(BigInteger.valueOf(start))
                      .setMaxResults(rows)
                      .setTimeoutMs(wait)
                      .setFormatOptionsUseInt64Timestamp(true));
      if (Boolean.TRUE.equals(answer.getJobComplete())) {
        return answer;
      }
    } while (patience.holds());
    return null;
  }

  /** What is not cancelled ends by the limit it was begun with. */
  void cancel(JobReference job) throws WarehouseException, InterruptedException {
    try {
      calls.repeat(
          (client, project) ->
              client.jobs().cancel(project, job.getJobId()).setLocation(job.getLocation()));
    } catch (IOException e) {
      log.warn("Job {} is not cancelled: {}", job.getJobId(), BigQueryFault.of(e).said());
    }
  }

  /** Likewise, without waiting: whoever asked is told to stop. */
  void abandon(JobReference job) {
    CompletableFuture.runAsync(
        () -> {
          try {
            cancel(job);
          } catch (WarehouseException e) {
            log.warn("Job {} is not cancelled: {}", job.getJobId(), e.getMessage());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** The texts of the first column of all rows that a question of our own finds. */
  Set<String> texts(String sql, List<QueryParameter> named)
      throws IOException, WarehouseException, InterruptedException {
    QueryRequest request =
        new QueryRequest()
            .setQuery(sql)
            .setUseLegacySql(false)
            .setUseQueryCache(false)
            .setDefaultDataset(calls.reference())
            .setLocation(calls.location())
            .setMaximumBytesBilled(maxBytes.toBytes())
            .setParameterMode("NAMED")
            .setQueryParameters(named)
            .setRequestId(UUID.randomUUID().toString())
            .setTimeoutMs(Math.min(WAIT, calls.timeout().toMillis() / 2))
            .setFormatOptions(new DataFormatOptions().setUseInt64Timestamp(true));
    QueryResponse first = calls.repeat((client, project) -> client.jobs().query(project, request));
    Set<String> found = new HashSet<>();
    boolean complete = Boolean.TRUE.equals(first.getJobComplete());
    if (complete) {
      add(found, first.getRows());
    }
    while (!complete || found.size() < first.getTotalRows().longValue() && more(first, found)) {
      GetQueryResultsResponse next =
          results(first.getJobReference(), found.size(), 10_000, calls.patience());
      if (next == null) {
        throw new IOException("The job " + first.getJobReference().getJobId() + " takes too long");
      }
      add(found, next.getRows());
      complete = true;
      first.setTotalRows(next.getTotalRows()).setPageToken(next.getPageToken());
    }
    return found;
  }

  private static boolean more(QueryResponse answer, Set<String> found) {
    return answer.getPageToken() != null && !found.isEmpty();
  }

  private static void add(Set<String> found, @Nullable List<TableRow> rows) {
    if (rows != null) {
      rows.forEach(row -> found.add(String.valueOf(row.getF().getFirst().getV())));
    }
  }
}
