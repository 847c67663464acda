-- Sensitive events: their bodies are stored encrypted and erased when they are not needed any more.
-- Null means no, so that an event which is not sensitive has nothing more to store.
alter table serai.event add column sensitive boolean;
alter table serai.event add column erased_at timestamptz;

comment on column serai.event.sensitive is 'Whether the body is encrypted, and erased after its deliveries; null means no';
comment on column serai.event.erased_at is 'When the body of a sensitive event was erased';

-- A table of its own, because an index on events would be written to by every append.
create table serai.erasure (
  event_id  uuid        primary key,
  needed_at timestamptz not null -- until then at least somebody needed the body
);

create index erasure_by_time on serai.erasure (needed_at);

comment on table serai.erasure is 'Sensitive events whose bodies are still there';

-- As append_1, for a group with sensitive events: their bodies come encrypted. Groups without any go
-- on calling append_1.
create function serai.append_2(
  matched_version bigint, received bigint, ids text[], sources text[], types text[], keys text[],
  subjects text[], workspaces text[], times bigint[], content_types text[], bodies bytea[],
  verified_bys text[], causation_ids text[], hop_counts int[], sensitives boolean[],
  delivery_events text[], delivery_subscriptions int[], delivery_due bigint[],
  delivery_order_keys text[])
returns setof uuid
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  fresh uuid[] := ids::uuid[];
begin
  if (select version from serai.subscription_version) <> matched_version then
    return next null;
    return;
  end if;
  with keyed as (
    insert into serai.event_key (source, key, event_id)
    select * from unnest(sources, keys, fresh)
    on conflict do nothing
    returning event_id
  )
  select coalesce(array_agg(event_id), '{}') into fresh from keyed;
  insert into serai.event (id, source, type, key, subject, workspace, time, received_at, content_type,
    body, verified_by, causation_id, hops, sensitive)
  select id, source, type, key, subject, workspace, serai.at(time), serai.at(received), content_type,
    body, verified_by, causation_id, hops, nullif(sensitive, false)
  from unnest(ids::uuid[], sources, types, keys, subjects, workspaces, times, content_types, bodies,
      verified_bys, causation_ids::uuid[], hop_counts, sensitives)
    as e (id, source, type, key, subject, workspace, time, content_type, body, verified_by,
          causation_id, hops, sensitive)
  where id = any(fresh);
  insert into serai.erasure (event_id, needed_at)
  select id, serai.at(received) from unnest(ids::uuid[], sensitives) as e (id, sensitive)
  where sensitive and id = any(fresh);
  insert into serai.delivery (event_id, subscription_id, due_at, order_key)
  select event_id, subscription_id, serai.at(due_at), order_key
  from unnest(delivery_events::uuid[], delivery_subscriptions, delivery_due, delivery_order_keys)
    as d (event_id, subscription_id, due_at, order_key)
  where event_id = any(fresh);
  return query select unnest(fresh);
end $$;

-- As claim_2, and with each whether its body is encrypted.
create function serai.claim_3(
  node_id int, subscription int, events text[], at_micros bigint)
returns table (
  event_id uuid, attempts int, token int, replays int, low boolean, source text, type text, subject text,
  workspace text, "time" timestamptz, received_at timestamptz, content_type text, key text,
  causation_id uuid, hops smallint, body bytea, sensitive boolean)
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
    e.time, e.received_at, e.content_type, e.key, e.causation_id, e.hops, e.body, e.sensitive
  from claimed c join serai.event e on e.id = c.event_id and e.id >= first and e.id <= last
  order by c.sequence;
end $$;

-- For hubs of the version before, which can't decrypt: what is sensitive they leave to the others.
create or replace function serai.claim_2(
  node_id int, subscription int, events text[], at_micros bigint)
returns table (
  event_id uuid, attempts int, token int, replays int, low boolean, source text, type text, subject text,
  workspace text, "time" timestamptz, received_at timestamptz, content_type text, key text,
  causation_id uuid, hops smallint, body bytea)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
declare
  first uuid := events[1];
  last  uuid := events[cardinality(events)];
begin
  return query
  select c.event_id, c.attempts, c.token, c.replays, c.low, c.source, c.type, c.subject, c.workspace,
    c.time, c.received_at, c.content_type, c.key, c.causation_id, c.hops, c.body
  from serai.claim_3(node_id, subscription, array(
    select w.id from unnest(events) with ordinality as w (id, place) where not exists (
      select from serai.event e where e.id = w.id::uuid and e.id >= first and e.id <= last
        and e.sensitive) order by w.place), at_micros) c;
end $$;

-- Erases bodies that nobody has needed since a time; returns how many events it looked at. A body is
-- needed while a delivery of it is open or a dead letter, and until the last one has ended.
create function serai.erase_1(at_micros bigint, before_micros bigint, most int) returns int
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
declare
  before timestamptz := serai.at(before_micros);
  due    uuid[];
begin
  select array_agg(event_id order by event_id) into due from (
    select event_id from serai.erasure where needed_at <= before order by needed_at limit most
    for update skip locked) as d;
  if due is null then
    return 0;
  end if;
  -- Whoever replays one holds its row until the deliveries are there, and is waited for here.
  perform from serai.event e
  where e.id = any(due) and e.id >= due[1] and e.id <= due[cardinality(due)] order by e.id for update;
  with looked as materialized (
    select q.event_id, case when bool_or(d.open or d.dead) then serai.at(at_micros)
      else coalesce(max(d.finished_at), e.received_at) end as needed_at
    from unnest(due) as q (event_id)
      left join serai.event e
        on e.id = q.event_id and e.id >= due[1] and e.id <= due[cardinality(due)]
      left join serai.delivery d on d.event_id = q.event_id
    group by q.event_id, e.received_at
  ), erased as (
    update serai.event e set body = '', erased_at = serai.at(at_micros) from looked l
    where e.id = l.event_id and e.id >= due[1] and e.id <= due[cardinality(due)]
      and l.needed_at <= before
  ), kept as (
    update serai.erasure q set needed_at = l.needed_at from looked l
    where q.event_id = l.event_id and l.needed_at > before
  )
  -- Without a time it is an event that retention has dropped.
  delete from serai.erasure q using looked l
  where q.event_id = l.event_id and (l.needed_at <= before or l.needed_at is null);
  return cardinality(due);
end $$;
