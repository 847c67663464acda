-- Queues whose workers are outside of the hubs: they pull jobs and hold each under a lease of its own.
-- A job is an event, its place in the queue a delivery. See docs/queues.md and decision 25.
create table serai.queue_lease (
  event_id        uuid        not null,
  subscription_id integer     not null,
  token           integer     not null, -- the claim that it is of
  worker          text        not null, -- as it calls itself
  lease_until     timestamptz not null,
  primary key (event_id, subscription_id)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000);

create index queue_lease_by_end on serai.queue_lease (lease_until);

comment on table serai.queue_lease is 'Jobs that workers outside of the hubs have in hand, each until its lease ends';

-- Hands out jobs that are ready and due, the most urgent first, each under a lease. No hub has such a
-- delivery: its node is 0, so that no hub''s end is its end. What another call is handing out at this
-- moment is passed over. Unlike a hub''s claim it waits for the disk: nobody outside could know that a
-- crash has forgotten it and that its token counts for another.
create function serai.dequeue_1(
  subscription int, at_micros bigint, until_micros bigint, worker text, most int)
returns table (
  event_id uuid, attempts int, token int, priority smallint, workspace text, subject text,
  received_at timestamptz, content_type text, body bytea, sensitive boolean)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
#variable_conflict use_column
begin
  return query
  with picked as materialized (
    select d.event_id from serai.delivery d
    where d.open and d.subscription_id = subscription and d.state = 'ready'
      and d.due_at <= serai.at(at_micros)
      and (d.order_key is null or not exists (
        select from serai.delivery e where e.subscription_id = d.subscription_id
        and e.order_key = d.order_key and e.open and e.sequence < d.sequence))
    order by d.priority desc, d.due_at, d.sequence limit most for update skip locked
  ), claimed as (
    update serai.delivery d set state = 'running', attempts = attempts + 1, token = token + 1, node = 0,
      claimed_at = serai.at(at_micros)
    from picked p where d.event_id = p.event_id and d.subscription_id = subscription
    returning d.event_id, d.attempts, d.token, d.priority, d.due_at, d.sequence
  ), leased as (
    insert into serai.queue_lease as l (event_id, subscription_id, token, worker, lease_until)
    select c.event_id, subscription, c.token, dequeue_1.worker, serai.at(until_micros) from claimed c
    on conflict on constraint queue_lease_pkey do update set token = excluded.token, worker = excluded.worker,
      lease_until = excluded.lease_until
  )
  select c.event_id, c.attempts, c.token, c.priority, e.workspace, e.subject, e.received_at, e.content_type,
    e.body, coalesce(e.sensitive, false)
  from claimed c join serai.event e on e.id = c.event_id
  order by c.priority desc, c.due_at, c.sequence;
end $$;

-- Takes back jobs whose leases have ended: they are ready again, or dead when their attempts are used
-- up. Returns how many leases it looked at.
create function serai.end_leases_1(at_micros bigint, most int) returns int
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
declare
  found_leases int;
begin
  with due as materialized (
    select l.event_id, l.subscription_id from serai.queue_lease l
    where l.lease_until <= serai.at(at_micros) order by l.lease_until limit most for update skip locked
  ), ended as (
    delete from serai.queue_lease l using due
    where l.event_id = due.event_id and l.subscription_id = due.subscription_id
    returning l.event_id, l.subscription_id, l.token, l.worker
  ), rescued as (
    update serai.delivery d set
      state = case when d.cancel then 'cancelled' when d.attempts >= s.max_attempts then 'dead' else 'ready' end,
      open = not d.cancel and d.attempts < s.max_attempts,
      dead = not d.cancel and d.attempts >= s.max_attempts,
      cause = 'lease-ended', cancel = false, due_at = serai.at(at_micros),
      finished_at = case when d.cancel or d.attempts >= s.max_attempts then serai.at(at_micros) end
    from ended l join serai.subscription s on s.id = l.subscription_id
    where d.event_id = l.event_id and d.subscription_id = l.subscription_id and d.token = l.token
      and d.state = 'running'
    returning d.event_id, d.subscription_id, d.token, d.attempts, d.claimed_at, d.due_at, d.state, l.worker
  ), failed as (
    insert into serai.attempt (event_id, subscription_id, token, attempt, node, started_at, ended_at, cause,
      detail, retry_at)
    select r.event_id, r.subscription_id, r.token, r.attempts, 0, r.claimed_at, serai.at(at_micros),
      'lease-ended', 'The lease of worker ''' || r.worker || ''' ended', case r.state when 'ready' then r.due_at end
    from rescued r
  )
  select count(*) into found_leases from ended;
  return found_leases;
end $$;
