-- Replays: many events delivered again, page by page, by whatever hub has time.

create table serai.replay (
  id           uuid        primary key, -- UUIDv7
  kind         text        not null,    -- events: deliver again; backlog: skip what waits
  filter       jsonb       not null,    -- parameter -> value, as it was asked for
  subscription text,                    -- the only one it is for
  rate         integer     not null,    -- deliveries a second
  state        text        not null default 'running', -- running, done, cancelled or failed
  who          text        not null,
  reason       text,
  started_at   timestamptz not null,
  ended_at     timestamptz,
  position     uuid        not null,    -- all events up to this one were looked at
  until        uuid        not null,    -- and it ends before this one
  due_before   timestamptz,             -- of a backlog: what is due from then on is kept
  total        bigint,                  -- how many events matched at its start, if they could be counted in time
  matched      bigint      not null default 0,
  replayed     bigint      not null default 0,
  skipped      bigint      not null default 0, -- deliveries left alone because they were open
  next_at      timestamptz not null,    -- when its next page may be made
  waiting_for  text,                    -- the subscription whose handlers it waits for
  error        text
);

create index replay_running on serai.replay (next_at) where state = 'running';

comment on table serai.replay is 'Who delivered which events again, when and why, and how far that is';

-- Whoever makes a page holds this row: so no two hubs do, and all replays together keep their limit.
-- The lock goes with the connection, so a hub that dies leaves nothing to clean up.
create table serai.replay_pace (
  single  boolean primary key default true check (single),
  next_at timestamptz not null
);
insert into serai.replay_pace (next_at) values ('-infinity');

-- The event that an operator has written in place of a dead letter's.
alter table serai.delivery add column replaced_by uuid;

-- Dead letters by the time of their death, and by event.
create index delivery_dead_by_time on serai.delivery (finished_at, event_id, subscription_id) where dead;
create index delivery_dead_by_event on serai.delivery (event_id, subscription_id) where dead;

create index refusal_by_cause on serai.refusal (cause, id);

-- As ready_1, and with each whether it gives way to all others.
create function serai.ready_2(subscription int, at_micros bigint, most int)
returns table (event_id uuid, low boolean)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
begin
  return query
  select d.event_id, d.priority < 0 from serai.delivery d
  where d.open and d.subscription_id = subscription and d.state = 'ready'
    and d.due_at <= serai.at(at_micros)
    and (d.order_key is null or not exists (
      select from serai.delivery e where e.subscription_id = d.subscription_id
      and e.order_key = d.order_key and e.open and e.sequence < d.sequence))
  order by d.priority desc, d.due_at limit most;
end $$;

-- Makes deliveries ready again at low priority, or anew where there are none. What is open is left
-- alone: it is being handled, or waits for its first attempt; so is what another transaction holds.
-- Of one order key they are handled in the order in which they come. Returns those that it made ready.
create function serai.replay_1(
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
      sequence = case when d.open then d.sequence else w.sequence end
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
