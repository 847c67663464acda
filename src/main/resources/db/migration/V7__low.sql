-- As claim_1, and with each whether it belongs to a replay of many and no other waits for its end.
create function serai.claim_2(
  node_id int, subscription int, events text[], at_micros bigint)
returns table (
  event_id uuid, attempts int, token int, replays int, low boolean, source text, type text, subject text,
  workspace text, "time" timestamptz, received_at timestamptz, content_type text, key text,
  causation_id uuid, hops smallint, body bytea)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
declare
  first uuid := events[1];
  last  uuid := events[cardinality(events)];
begin
  perform set_config('synchronous_commit', 'off', true);
  return query
  with claimed as (
    update serai.delivery d set state = 'running', attempts = attempts + 1, token = token + 1,
      node = node_id, claimed_at = serai.at(at_micros)
    where d.event_id = any(events::uuid[]) and d.subscription_id = subscription
      and d.state = 'ready' and d.due_at <= serai.at(at_micros)
      and exists (
        select from serai.node n where n.id = node_id and n.lease_until > serai.at(at_micros))
      and (d.order_key is null or not exists (
        select from serai.delivery e where e.subscription_id = d.subscription_id
        and e.order_key = d.order_key and e.open and e.sequence < d.sequence))
    returning d.event_id, d.attempts, d.token, d.replays, d.sequence,
      d.priority < 0 and d.order_key is null as low
  )
  select c.event_id, c.attempts, c.token, c.replays, c.low, e.source, e.type, e.subject, e.workspace,
    e.time, e.received_at, e.content_type, e.key, e.causation_id, e.hops, e.body
  from claimed c join serai.event e on e.id = c.event_id and e.id >= first and e.id <= last
  order by c.sequence;
end $$;
