-- The steps of the delivery protocol. They are functions so that PostgreSQL plans each once per
-- session, also behind a pooler, where prepared statements are not kept. The plan is the one for
-- any parameters: a group of one and a group of a hundred want the same, by primary key. A plan made
-- while a table is empty would read it whole ever after, so that choice is taken away.
--
-- A change of a step is a new function beside the old one, which hubs of the version before still call.

-- Times travel as microseconds since the epoch, which the driver sends in binary. (Simple enough to
-- be put in place of its calls; adding an interval would not be, because that is not immutable.)
create function serai.at(micros bigint) returns timestamptz language sql immutable
return to_timestamp(micros / 1000000::double precision);

-- Appends a group: its keys, events and deliveries. No two may have the same source and key, and they
-- come in the order of these, which is the same on all hubs: two hubs that append the same keys wait
-- for one another but never both ways. Returns the ids of the events that are new; the keys of the
-- others are held by events that came first. Appends nothing and returns one null when the
-- subscriptions have changed since the deliveries were matched against them: reading the version
-- keeps it from changing until this transaction ends.
create function serai.append_1(
  matched_version bigint, received bigint, ids text[], sources text[], types text[], keys text[],
  subjects text[], workspaces text[], times bigint[], content_types text[], bodies bytea[],
  verified_bys text[], causation_ids text[], hop_counts int[], delivery_events text[],
  delivery_subscriptions int[], delivery_due bigint[], delivery_order_keys text[])
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
    body, verified_by, causation_id, hops)
  select id, source, type, key, subject, workspace, serai.at(time), serai.at(received), content_type,
    body, verified_by, causation_id, hops
  from unnest(ids::uuid[], sources, types, keys, subjects, workspaces, times, content_types, bodies,
      verified_bys, causation_ids::uuid[], hop_counts)
    as e (id, source, type, key, subject, workspace, time, content_type, body, verified_by,
          causation_id, hops)
  where id = any(fresh);
  insert into serai.delivery (event_id, subscription_id, due_at, order_key)
  select event_id, subscription_id, serai.at(due_at), order_key
  from unnest(delivery_events::uuid[], delivery_subscriptions, delivery_due, delivery_order_keys)
    as d (event_id, subscription_id, due_at, order_key)
  where event_id = any(fresh);
  return query select unnest(fresh);
end $$;

-- The same for a group of one, as a handler's transaction appends: without arrays it takes less
-- than half of the time. Returns 1 when the event is new, 0 when its key is known, -1 when the subscriptions have
-- changed.
create function serai.append_one_1(
  matched_version bigint, received bigint, id uuid, source text, type text, key text, subject text,
  workspace text, "time" bigint, content_type text, body bytea, verified_by text, causation_id uuid,
  hop_count int, delivery_subscriptions int[], delivery_due bigint, delivery_order_keys text[])
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
    body, verified_by, causation_id, hops)
  values (id, source, type, key, subject, workspace, serai.at("time"), serai.at(received), content_type,
    body, verified_by, causation_id, hop_count);
  if cardinality(delivery_subscriptions) > 0 then
    insert into serai.delivery (event_id, subscription_id, due_at, order_key)
    select id, d.subscription_id, serai.at(delivery_due), d.order_key
    from unnest(delivery_subscriptions, delivery_order_keys) as d (subscription_id, order_key);
  end if;
  return 1;
end $$;

-- Claims those of the events that are ready and due for a subscription, if the node's lease lasts.
-- The events come in the order of their ids: first and last tell which days to look at.
-- One with an order key must be the first open one of its key.
-- A claim that a crash of PostgreSQL forgets is a delivery that is still ready: its commit need not
-- wait for the disk.
create function serai.claim_1(
  node_id int, subscription int, events text[], at_micros bigint)
returns table (
  event_id uuid, attempts int, token int, replays int, source text, type text, subject text, workspace text,
  "time" timestamptz, received_at timestamptz, content_type text, key text, causation_id uuid,
  hops smallint, body bytea)
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
    returning d.event_id, d.attempts, d.token, d.replays, d.sequence
  )
  select c.event_id, c.attempts, c.token, c.replays, e.source, e.type, e.subject, e.workspace, e.time,
    e.received_at, e.content_type, e.key, e.causation_id, e.hops, e.body
  from claimed c join serai.event e on e.id = c.event_id and e.id >= first and e.id <= last
  order by c.sequence;
end $$;

-- Events that are ready and due for a subscription, the most urgent first.
create function serai.ready_1(subscription int, at_micros bigint, most int)
returns table (event_id uuid)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
begin
  return query
  select d.event_id from serai.delivery d
  where d.open and d.subscription_id = subscription and d.state = 'ready'
    and d.due_at <= serai.at(at_micros)
    and (d.order_key is null or not exists (
      select from serai.delivery e where e.subscription_id = d.subscription_id
      and e.order_key = d.order_key and e.open and e.sequence < d.sequence))
  order by d.priority desc, d.due_at limit most;
end $$;

-- Records the ends of a group of attempts. An old token changes nothing and is not returned. With
-- each recorded end comes the event that it held up, if deliveries are ordered.
create function serai.finish_1(
  at_micros bigint, events text[], subscriptions int[], tokens int[], attempt_numbers int[],
  states text[], causes text[], details text[], retry_ats bigint[], started_ats bigint[])
returns table (event_id uuid, subscription_id int, next_event uuid)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
begin
  return query
  with f as materialized (
    select * from unnest(events::uuid[], subscriptions, tokens, attempt_numbers, states, causes,
        details, retry_ats, started_ats)
      as f (event_id, subscription_id, token, attempt, state, cause, detail, retry_at, started_at)
  ), finished as (
    update serai.delivery d set
      -- A cancelled one that failed before its interruption is not tried again.
      state = case when d.cancel and f.state = 'ready' then 'cancelled' else f.state end,
      open = (f.state = 'ready' and not d.cancel), dead = (f.state = 'dead'), cause = f.cause,
      cancel = false,
      due_at = coalesce(serai.at(f.retry_at), d.due_at),
      finished_at = case when f.state = 'ready' and not d.cancel then null else serai.at(at_micros) end
    from f
    where d.event_id = f.event_id and d.subscription_id = f.subscription_id
      and d.token = f.token and d.state = 'running'
    returning d.event_id, d.subscription_id, d.token, d.node, d.order_key, d.sequence
  ), failed as (
    insert into serai.attempt (event_id, subscription_id, token, attempt, node, started_at,
      ended_at, cause, detail, retry_at)
    select f.event_id, f.subscription_id, f.token, f.attempt, d.node, serai.at(f.started_at),
      serai.at(at_micros), f.cause, f.detail, serai.at(f.retry_at)
    from f join finished d using (event_id, subscription_id, token)
    where f.cause is not null
  )
  select d.event_id, d.subscription_id, case when d.order_key is not null then (
    select n.event_id from serai.delivery n
    where n.subscription_id = d.subscription_id and n.order_key = d.order_key and n.open
      and n.sequence > d.sequence order by n.sequence limit 1) end
  from finished d;
end $$;
