package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.TestHub;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to a replay or a repair that makes no sense? */
class ReplayRefusalTest {

  private static final String NOBODY =
      "/api/v1/dead-letters/01900000-0000-7000-8000-000000000000/nobody";

  private final Api api = Api.of(TestHub.shared());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/replays | {} | all",
        "/api/v1/replays | {'subscription':'x'} | all",
        "/api/v1/replays | {'all':true,'type':'a'} | all",
        "/api/v1/replays | {'all':'yes'} | all",
        "/api/v1/replays | {'tpye':'a'} | tpye",
        "/api/v1/replays | {'type':'a b'} | type",
        "/api/v1/replays | {'type':'a..b'} | type",
        "/api/v1/replays | {'type':''} | type",
        "/api/v1/replays | {'type':['a']} | type",
        "/api/v1/replays | {'source':'\\u0000'} | source",
        "/api/v1/replays | {'state':'running'} | state",
        "/api/v1/replays | {'state':'lost'} | state",
        "/api/v1/replays | {'from':'yesterday'} | from",
        "/api/v1/replays | {'to':'+999999999-01-01T00:00:00Z'} | to",
        "/api/v1/replays | {'type':'a','rate':0} | rate",
        "/api/v1/replays | {'type':'a','rate':99999999999} | rate",
        "/api/v1/replays | {'type':'a','rate':1.5} | rate",
        "/api/v1/replays | {'type':'a','rate':'many'} | rate",
        "/api/v1/replays | {'type':'a','dryRun':1} | dryRun",
        "/api/v1/replays | {'type':'a','reason':7} | reason",
        "/api/v1/replays | {'type':'a','subscription':'nobody'} | subscription",
        "/api/v1/replays | [] | object",
        "/api/v1/dead-letters/retry | {} | all",
        "/api/v1/dead-letters/retry | {'cause':''} | cause",
        "/api/v1/dead-letters/retry | {'state':'done'} | state",
        "/api/v1/dead-letters/retry | {'from':'noon'} | 'from'",
        "/api/v1/dead-letters/retry | {'all':true,'cause':'timeout'} | all",
        NOBODY + "/discard | {} | reason",
      })
  void theParameterIsNamed(String path, String body, String name) throws Exception {
    Api.Answer answer = api.post(path, body.replace('\'', '"'));

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("cause").asText()).isEqualTo("bad_request");
    assertThat(answer.json().path("detail").asText()).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/replays?limit=0, limit",
    "/api/v1/replays?cursor=7, cursor",
    "/api/v1/replays?state=lost, state",
    "/api/v1/replays?sort=up, sort",
    "/api/v1/replays/7, id",
    "/api/v1/dead-letters?cursor=7, cursor",
    "/api/v1/dead-letters?from=noon, from",
    "/api/v1/dead-letters?kind=x, kind",
    "/api/v1/dead-letters/causes?to=noon, to",
    "/api/v1/refusals?cause=bad_luck, cause",
    "/api/v1/refusals?from=noon, from",
    "/api/v1/refusals?cursor=x, cursor",
    "/api/v1/refusals/causes?limit=1, limit",
  })
  void soIsThatOfAListing(String path, String name) throws Exception {
    Api.Answer answer = api.get(path);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/replays/01900000-0000-7000-8000-000000000000/cancel",
    NOBODY + "/retry",
    NOBODY + "/edit",
    NOBODY + "/discard?reason=x",
    "/api/v1/subscriptions/nobody/seek?to=now",
  })
  void whatIsNotThereIsSaid(String path) throws Exception {
    Api.Answer answer = api.post(path, "{}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    assertThat(answer.json().path("cause").asText()).isEqualTo("not_found");
  }
}
