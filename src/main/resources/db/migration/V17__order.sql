-- What orders deliveries of one key, and what comes first.

alter table serai.subscription add column filter text;
alter table serai.subscription add column key_concurrency int not null default 1;
alter table serai.subscription add column on_dead text not null default 'skip';

comment on column serai.subscription.filter is 'What an event must be like beside its type; what is not is skipped';
comment on column serai.subscription.key_concurrency is 'How many deliveries of one order key may be open in front of a claim, and so run at a time';
comment on column serai.subscription.on_dead is 'What a dead letter means to the later ones of its key: skip, block or park';

-- The dead letters that hold up a key.
create index delivery_dead_of_key on serai.delivery (subscription_id, order_key, sequence)
  where dead and order_key is not null;

-- As append_2, and with the priorities of deliveries. Groups that have neither call append_1.
create function serai.append_3(
  matched_version bigint, received bigint, ids text[], sources text[], types text[], keys text[],
  subjects text[], workspaces text[], times bigint[], content_types text[], bodies bytea[],
  verified_bys text[], causation_ids text[], hop_counts int[], sensitives boolean[],
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
  insert into serai.delivery (event_id, subscription_id, due_at, order_key, priority)
  select event_id, subscription_id, serai.at(due_at), order_key, priority
  from unnest(delivery_events::uuid[], delivery_subscriptions, delivery_due, delivery_order_keys,
      delivery_priorities)
    as d (event_id, subscription_id, due_at, order_key, priority)
  where event_id = any(fresh);
  return query select unnest(fresh);
end $$;

-- As claim_3, for a subscription whose deliveries are ordered: a key may have several at a time, or be
-- held up by a dead letter.
create function serai.claim_ordered_1(
  node_id int, subscription int, events text[], at_micros bigint, key_limit int, dead_holds boolean)
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
    e.time, e.received_at, e.content_type, e.key, e.causation_id, e.hops, e.body, e.sensitive
  from claimed c join serai.event e on e.id = c.event_id and e.id >= first and e.id <= last
  order by c.sequence;
end $$;

-- Puts aside what waits behind a dead letter of its key: those of the keys of these events. Returns
-- how many; a step puts aside at most so many.
create function serai.park_1(subscription int, events text[], at_micros bigint, most int) returns int
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
declare
  parked int;
begin
  with held as materialized (
    select d.order_key, (
      select e.sequence from serai.delivery e where e.subscription_id = subscription
        and e.order_key = d.order_key and e.dead order by e.sequence limit 1) as behind
    from serai.delivery d
    where d.event_id = any(events::uuid[]) and d.subscription_id = subscription and d.open
      and d.order_key is not null
    group by d.order_key
  ), waiting as (
    select w.event_id from held h, lateral (
      select d.event_id from serai.delivery d
      where d.subscription_id = subscription and d.order_key = h.order_key and d.open
        and d.state = 'ready' and d.sequence > h.behind
      order by d.sequence limit most for update skip locked) as w
    where h.behind is not null
  )
  update serai.delivery d set state = 'dead', open = false, dead = true, cause = 'parked',
    result = 'An earlier one of its key is a dead letter', finished_at = serai.at(at_micros)
  where d.event_id = any(array(select event_id from waiting)) and d.subscription_id = subscription
    and d.state = 'ready';
  get diagnostics parked = row_count;
  return parked;
end $$;

-- Those of some subscriptions for which anything is ready and due: one question a second for all of a
-- hub's, most of which have nothing.
create function serai.due_1(subscriptions int[], at_micros bigint) returns setof int
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
begin
  return query
  select s.id from unnest(subscriptions) as s (id) where exists (
    select from serai.delivery d where d.open and d.subscription_id = s.id and d.state = 'ready'
      and d.due_at <= serai.at(at_micros));
end $$;

-- As ready_2, and with the priority of each.
create function serai.ready_3(subscription int, at_micros bigint, most int)
returns table (event_id uuid, priority smallint)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
begin
  return query
  select d.event_id, d.priority from serai.delivery d
  where d.open and d.subscription_id = subscription and d.state = 'ready'
    and d.due_at <= serai.at(at_micros)
  order by d.priority desc, d.due_at limit most;
end $$;

-- The same for a subscription whose deliveries are ordered: the first ones of each key, of so many
-- keys after a given one. It goes from key to key, so that the cost does not grow with what waits
-- behind the first ones.
create function serai.ready_ordered_1(
  subscription int, at_micros bigint, most int, after_key text, key_limit int, dead_holds boolean)
returns table (event_id uuid, priority smallint, order_key text)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
begin
  return query
  with recursive keys (key, number) as (
    (select d.order_key, 1 from serai.delivery d
     where d.subscription_id = subscription and d.open and d.order_key > after_key
     order by d.order_key limit 1)
    union all
    select (
      select d.order_key from serai.delivery d
      where d.subscription_id = subscription and d.open and d.order_key > k.key
      order by d.order_key limit 1), k.number + 1
    from keys k where k.key is not null and k.number < most
  )
  -- A row for each key, also when nothing of it is ready: the caller sees how far it came.
  select f.event_id, f.priority, k.key from keys k left join lateral (
    select d.event_id, d.priority, d.sequence, d.state, d.due_at from serai.delivery d
    where d.subscription_id = subscription and d.order_key = k.key and d.open
    order by d.sequence limit key_limit) as f
    on f.state = 'ready' and f.due_at <= serai.at(at_micros)
      and not (dead_holds and exists (
        select from serai.delivery e where e.subscription_id = subscription
          and e.order_key = k.key and e.dead and e.sequence < f.sequence))
  where k.key is not null;
end $$;

-- As finish_1; it records what was told, and names what may be claimed next of a key which may have
-- several at a time. Other ends of the group make room for others of the key.
create function serai.finish_2(
  at_micros bigint, events text[], subscriptions int[], tokens int[], attempt_numbers int[],
  states text[], causes text[], details text[], retry_ats bigint[], started_ats bigint[],
  results text[])
returns table (event_id uuid, subscription_id int, next_event uuid)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
begin
  return query
  with f as materialized (
    select * from unnest(events::uuid[], subscriptions, tokens, attempt_numbers, states, causes,
        details, retry_ats, started_ats, results)
      as f (event_id, subscription_id, token, attempt, state, cause, detail, retry_at, started_at,
        result)
  ), finished as (
    update serai.delivery d set
      -- A cancelled one that failed before its interruption is not tried again.
      state = case when d.cancel and f.state = 'ready' then 'cancelled' else f.state end,
      open = (f.state = 'ready' and not d.cancel), dead = (f.state = 'dead'), cause = f.cause,
      result = f.result, cancel = false,
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
  ), numbered as (
    select d.*, row_number() over (partition by d.subscription_id, d.order_key order by d.sequence) as place
    from finished d
  )
  select d.event_id, d.subscription_id, case when d.order_key is not null then (
    select n.event_id from serai.delivery n
    where n.subscription_id = d.subscription_id and n.order_key = d.order_key and n.open
      and n.state = 'ready' order by n.sequence offset d.place - 1 limit 1) end
  from numbered d;
end $$;

-- As replay_1, but a dead letter keeps its place among those of its key: it may hold them up.
create function serai.replay_2(
  at_micros bigint, events text[], subscriptions int[], order_keys text[])
returns table (event_id uuid, subscription_id int, order_key text)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
begin
  return query
  with wanted as materialized (
    select w.*, nextval('serai.delivery_sequence') as sequence
    from unnest(events::uuid[], subscriptions, order_keys) as w (event_id, subscription_id, order_key)
  ), held as materialized (
    select d.event_id, d.subscription_id from wanted w
    join serai.delivery d on d.event_id = w.event_id and d.subscription_id = w.subscription_id
    where not d.open or (d.state = 'ready' and d.attempts > 0)
    for update of d skip locked
  ), again as (
    update serai.delivery d set state = 'ready', open = true, dead = false, due_at = serai.at(at_micros),
      priority = -1, attempts = 0, replays = d.replays + 1, cause = null, result = null,
      finished_at = null, cancel = false,
      sequence = case when d.open or d.dead then d.sequence else w.sequence end
    from held h join wanted w on w.event_id = h.event_id and w.subscription_id = h.subscription_id
    where d.event_id = h.event_id and d.subscription_id = h.subscription_id
    returning d.event_id, d.subscription_id, d.order_key
  ), fresh as (
    insert into serai.delivery (event_id, subscription_id, due_at, order_key, priority, sequence)
    select event_id, subscription_id, serai.at(at_micros), order_key, -1, sequence from wanted
    on conflict do nothing
    returning event_id, subscription_id, order_key
  )
  select * from again union all select * from fresh;
end $$;
