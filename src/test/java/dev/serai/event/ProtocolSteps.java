package dev.serai.event;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The steps of the delivery protocol, in all versions that hubs may call. */
record ProtocolSteps(JdbcClient jdbc) {

  void append(int count) {
    append(count, "append_1", "", "");
    append(count, "append_4", "nulls, nulls, flags,", ", hops");
  }

  private void append(int count, String step, String more, String last) {
    jdbc.sql(
            """
            with e as (select array_agg(gen_random_uuid()::text) ids, array_agg('k' || random()) keys,
              array_fill('s'::text, array[:n]) same, array_fill(0::bigint, array[:n]) times,
              array_fill(''::bytea, array[:n]) bodies, array_fill(null::text, array[:n]) nulls,
              array_fill(0, array[:n]) hops, array_fill(1, array[:n]) ones,
              array_fill(false, array[:n]) flags
              from generate_series(1, :n))
            select serai.%s(1, 0, ids, same, same, keys, nulls, nulls, times, same, bodies, nulls,
              nulls, hops, %s ids, ones, times, nulls%s) from e
            """
                .formatted(step, more, last))
        .param("n", count)
        .query()
        .listOfRows();
  }

  /** With an event that is due. */
  void erase() {
    jdbc.sql(
            """
            select serai.append_2(1, 0, array[gen_random_uuid()::text], array['s'], array['s'],
              array['k' || random()], array[null], array[null], array[0]::bigint[], array['s'],
              array['']::bytea[], array[null], array[null], array[0], array[true],
              array[gen_random_uuid()::text], array[1], array[0]::bigint[], array[null])
            """)
        .query()
        .listOfRows();
    jdbc.sql(
            """
            select serai.append_3(1, 0, array[gen_random_uuid()::text], array['s'], array['s'],
              array['k' || random()], array[null], array[null], array[0]::bigint[], array['s'],
              array['']::bytea[], array[null], array[null], array[0], array[true],
              array[gen_random_uuid()::text], array[1], array[0]::bigint[], array[null], array[5])
            """)
        .query()
        .listOfRows();
    jdbc.sql(
            """
            select serai.append_4(1, 0, array[gen_random_uuid()::text], array['s'], array['s'],
              array['k' || random()], array[null], array[null], array[0]::bigint[], array['s'],
              array['']::bytea[], array[null], array[null], array[0], array['{}'], array['t'],
              array[true], array[gen_random_uuid()::text], array[1], array[0]::bigint[],
              array[null], array[5])
            """)
        .query()
        .listOfRows();
    jdbc.sql("select serai.erase_1(1, 1, 1000)").query().listOfRows();
  }

  void claim(UUID event) {
    for (String step :
        List.of("serai.claim_1", "serai.claim_2", "serai.claim_3", "serai.claim_4")) {
      jdbc.sql("select * from %s(1, 1, array[:event]::text[], :now)".formatted(step))
          .param("event", event.toString())
          .param("now", System.currentTimeMillis() * 1_000)
          .query()
          .listOfRows();
    }
    for (String step : List.of("serai.claim_ordered_1", "serai.claim_ordered_2")) {
      jdbc.sql("select * from %s(1, 1, array[:event]::text[], :now, 2, true)".formatted(step))
          .param("event", event.toString())
          .param("now", System.currentTimeMillis() * 1_000)
          .query()
          .listOfRows();
    }
    jdbc.sql("select serai.park_1(1, array[:event]::text[], 0, 10)")
        .param("event", event.toString())
        .query()
        .listOfRows();
  }

  void ready() {
    for (String step : List.of("serai.ready_1", "serai.ready_2", "serai.ready_3")) {
      jdbc.sql("select * from %s(1, :now, 1000)".formatted(step))
          .param("now", System.currentTimeMillis() * 1_000)
          .query()
          .listOfRows();
    }
    jdbc.sql("select serai.due_1(array[1, 2], :now)")
        .param("now", System.currentTimeMillis() * 1_000)
        .query()
        .listOfRows();
    jdbc.sql("select * from serai.ready_ordered_1(1, :now, 1000, '', 2, true)")
        .param("now", System.currentTimeMillis() * 1_000)
        .query()
        .listOfRows();
  }

  void replay(UUID event) {
    for (String step : List.of("serai.replay_1", "serai.replay_2")) {
      jdbc.sql(
              """
              select * from %s(0, array[:event, gen_random_uuid()::text], array[1, 1],
                array[null, 'k'])
              """
                  .formatted(step))
          .param("event", event.toString())
          .query()
          .listOfRows();
    }
  }

  void finish(UUID event) {
    jdbc.sql(
            """
            select * from serai.finish_1(0, array[:event]::text[], array[1], array[1], array[1],
              array['done'], array['cause'], array['detail'], array[null]::bigint[], array[0]::bigint[])
            """)
        .param("event", event.toString())
        .query()
        .listOfRows();
    jdbc.sql(
            """
            select * from serai.finish_2(0, array[:event]::text[], array[1], array[1], array[1],
              array['done'], array['cause'], array['detail'], array[null]::bigint[], array[0]::bigint[],
              array['told'])
            """)
        .param("event", event.toString())
        .query()
        .listOfRows();
  }
}
