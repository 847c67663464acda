-- Where events are in their traces (W3C Trace Context). What begins here has the trace of its own id and
-- says nothing of it, so that it is written and read as before; docs/telemetry.md.

alter table serai.event add column trace text;

comment on column serai.event.trace is 'What caused it, as traceparent, a space and tracestate if there is one; null if its trace begins with it: then the trace id is its own id';

-- As append_3, and with what proves each and what caused it: one function for every group, since
-- webhooks have the one and what routes emit the other.
create function serai.append_4(
  matched_version bigint, received bigint, ids text[], sources text[], types text[], keys text[],
  subjects text[], workspaces text[], times bigint[], content_types text[], bodies bytea[],
  verified_bys text[], causation_ids text[], hop_counts int[], signatures text[], traces text[],
  sensitives boolean[],
  delivery_events text[], delivery_subscriptions int[], delivery_due bigint[],
  delivery_order_keys text[], delivery_priorities int[])
returns setof uuid
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  fresh uuid[] := ids::uuid[];
begin
  if (select version from serai.subscription_version) <> matched_version then
    return next null;
    return;
  end if;
  begin
    -- Nearly always all keys are new. To look for them first would cost a third more.
    insert into serai.event_key (source, key, event_id)
    select * from unnest(sources, keys, fresh);
  exception when unique_violation then
    with keyed as (
      insert into serai.event_key (source, key, event_id)
      select * from unnest(sources, keys, fresh)
      on conflict do nothing
      returning event_id
    )
    select coalesce(array_agg(event_id), '{}') into fresh from keyed;
  end;
  insert into serai.event (id, source, type, key, subject, workspace, time, received_at, content_type,
    body, verified_by, causation_id, hops, signature, trace, sensitive)
  select id, source, type, key, subject, workspace, serai.at(time), serai.at(received), content_type,
    body, verified_by, causation_id, hops, signature, trace, nullif(sensitive, false)
  from unnest(ids::uuid[], sources, types, keys, subjects, workspaces, times, content_types, bodies,
      verified_bys, causation_ids::uuid[], hop_counts, signatures, traces, sensitives)
    as e (id, source, type, key, subject, workspace, time, content_type, body, verified_by,
          causation_id, hops, signature, trace, sensitive)
  where id = any(fresh);
  if true = any(sensitives) then
    insert into serai.erasure (event_id, needed_at)
    select id, serai.at(received) from unnest(ids::uuid[], sensitives) as e (id, sensitive)
    where sensitive and id = any(fresh);
  end if;
  insert into serai.delivery (event_id, subscription_id, due_at, order_key, priority)
  select event_id, subscription_id, serai.at(due_at), order_key, priority
  from unnest(delivery_events::uuid[], delivery_subscriptions, delivery_due, delivery_order_keys,
      delivery_priorities)
    as d (event_id, subscription_id, due_at, order_key, priority)
  where event_id = any(fresh);
  return query select unnest(fresh);
end $$;

-- The same for a group of one, as append_one_1.
create function serai.append_one_2(
  matched_version bigint, received bigint, id uuid, source text, type text, key text, subject text,
  workspace text, "time" bigint, content_type text, body bytea, verified_by text, causation_id uuid,
  hop_count int, signature text, trace text, delivery_subscriptions int[],
  delivery_due bigint, delivery_order_keys text[])
returns int
language plpgsql set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_variable
begin
  if (select version from serai.subscription_version) <> matched_version then
    return -1;
  end if;
  insert into serai.event_key as k (source, key, event_id) values (source, key, id)
  on conflict do nothing;
  if not found then
    return 0;
  end if;
  insert into serai.event (id, source, type, key, subject, workspace, time, received_at, content_type,
    body, verified_by, causation_id, hops, signature, trace)
  values (id, source, type, key, subject, workspace, serai.at("time"), serai.at(received), content_type,
    body, verified_by, causation_id, hop_count, signature, trace);
  if cardinality(delivery_subscriptions) > 0 then
    insert into serai.delivery (event_id, subscription_id, due_at, order_key)
    select id, d.subscription_id, serai.at(delivery_due), d.order_key
    from unnest(delivery_subscriptions, delivery_order_keys) as d (subscription_id, order_key);
  end if;
  return 1;
end $$;

-- As claim_3, and with what caused each.
create function serai.claim_4(
  node_id int, subscription int, events text[], at_micros bigint)
returns table (
  event_id uuid, attempts int, token int, replays int, low boolean, source text, type text, subject text,
  workspace text, "time" timestamptz, received_at timestamptz, content_type text, key text,
  causation_id uuid, hops smallint, body bytea, sensitive boolean, trace text)
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
    e.time, e.received_at, e.content_type, e.key, e.causation_id, e.hops, e.body, e.sensitive,
    e.trace
  from claimed c join serai.event e on e.id = c.event_id and e.id >= first and e.id <= last
  order by c.sequence;
end $$;

-- As claim_ordered_1, likewise.
create function serai.claim_ordered_2(
  node_id int, subscription int, events text[], at_micros bigint, key_limit int, dead_holds boolean)
returns table (
  event_id uuid, attempts int, token int, replays int, low boolean, source text, type text, subject text,
  workspace text, "time" timestamptz, received_at timestamptz, content_type text, key text,
  causation_id uuid, hops smallint, body bytea, sensitive boolean, trace text)
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
      -- As many earlier ones of its key as may run at a time, and it waits.
      and (select count(*) < key_limit from (
        select from serai.delivery e where e.subscription_id = subscription
          and e.order_key = d.order_key and e.open and e.sequence < d.sequence
        limit key_limit) as earlier)
      and not (dead_holds and exists (
        select from serai.delivery e where e.subscription_id = subscription
          and e.order_key = d.order_key and e.dead and e.sequence < d.sequence))
    returning d.event_id, d.attempts, d.token, d.replays, d.sequence
  )
  select c.event_id, c.attempts, c.token, c.replays, false, e.source, e.type, e.subject, e.workspace,
    e.time, e.received_at, e.content_type, e.key, e.causation_id, e.hops, e.body, e.sensitive,
    e.trace
  from claimed c join serai.event e on e.id = c.event_id and e.id >= first and e.id <= last
  order by c.sequence;
end $$;

-- As claim_placed_1, likewise.
create function serai.claim_placed_2(
  node_id int, subscription int, events text[], at_micros bigint, key_limit int, dead_holds boolean,
  group_label text, places int, workspace_places int)
returns table (
  event_id uuid, attempts int, token int, replays int, low boolean, source text, type text, subject text,
  workspace text, "time" timestamptz, received_at timestamptz, content_type text, key text,
  causation_id uuid, hops smallint, body bytea, sensitive boolean, trace text)
language plpgsql as $$
#variable_conflict use_column
declare
  placed text[] := serai.placed_1(
    group_label, places, workspace_places, subscription, events, at_micros);
  one record;
begin
  if cardinality(placed) = 0 then
    return;
  end if;
  for one in
    select * from serai.claim_4(node_id, subscription, placed, at_micros) where key_limit is null
    union all
    select * from serai.claim_ordered_2(
      node_id, subscription, placed, at_micros, key_limit, dead_holds) where key_limit is not null
  loop
    insert into serai.place (event_id, subscription_id, group_name, workspace, token)
    values (one.event_id, subscription, group_label, one.workspace, one.token)
    on conflict on constraint place_pkey do update set
      group_name = excluded.group_name, workspace = excluded.workspace, token = excluded.token;
    event_id := one.event_id; attempts := one.attempts; token := one.token;
    replays := one.replays; low := one.low; source := one.source; type := one.type;
    subject := one.subject; workspace := one.workspace; "time" := one."time";
    received_at := one.received_at; content_type := one.content_type; key := one.key;
    causation_id := one.causation_id; hops := one.hops; body := one.body;
    sensitive := one.sensitive; trace := one.trace;
    return next;
  end loop;
end $$;

-- What agents did lately, of all workspaces: /metrics/agents.
create index execution_by_moment on analytics.execution using brin (happened_at);
