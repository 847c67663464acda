-- The days of the next twenty workspaces, as the facts say them now. Where there are fewer facts than were counted
-- before, some were deleted: what was counted stays.
with span as (
  select cast(:#${variable.plan[day]} as date) as day, cast(:#${variable.plan[first]} as date) as first,
    cast(:#${variable.plan[last]} as date) as last
), place as materialized (
  select w as workspace from analytics.next_workspaces_1(cast(:#${variable.step[after]} as text), 20) as w
), recorded as (
  select p.workspace, d.day, d.agent, d.records, d.tokens, d.cost
  from span, place p cross join lateral (
    select * from serai.usage_day d
    where d.workspace = p.workspace and d.day between span.first - 7 and span.last offset 0) as d
), executed as (
  select p.workspace, e.day, e.agent, e.status, count(*) as events
  from span, place p cross join lateral (
    select (e.happened_at at time zone 'UTC')::date as day, e.agent, e.status from analytics.execution e
    where e.workspace = p.workspace and e.happened_at >= (span.first - 7)::timestamp at time zone 'UTC'
      and e.happened_at < (span.last + 1)::timestamp at time zone 'UTC' offset 0) as e
  group by p.workspace, e.day, e.agent, e.status
), fact (workspace, day, metric, quantity, events) as (
  select p.workspace, u.day, u.metric, u.quantity, u.events
  from span, place p cross join lateral (
    select * from analytics.usage u
    where u.workspace = p.workspace and u.day between span.first - 7 and span.last offset 0) as u
  union all
  select r.workspace, r.day, m.metric, m.quantity, r.records
  from (select workspace, day, sum(records) as records, sum(tokens) as tokens, sum(cost) as cost
    from recorded group by workspace, day) as r,
    lateral (values ('recorded_tokens', r.tokens), ('recorded_cost', r.cost)) as m (metric, quantity)
  union all
  select workspace, day, 'executions_' || status, sum(events), sum(events)
  from executed group by workspace, day, status
  union all
  select workspace, day, 'active_agents', count(distinct agent), sum(events)
  from (select workspace, day, agent, events from executed
    union all select workspace, day, agent, records from recorded where agent <> '') as a
  group by workspace, day
), known as materialized (
  select distinct on (workspace, day, metric) workspace, day, metric, quantity, events
  from (select *, 1 as rank from fact
    union all
    select s.workspace, s.day, s.metric, s.quantity, s.events, 2
    from span, place p cross join lateral (
      select * from analytics.daily_summary s
      where s.workspace = p.workspace and s.day between span.first - 7 and span.last offset 0) as s) as k
  order by workspace, day, metric, events desc, rank
), compared as (
  -- A quantity is that of its day, and what the day after and the same weekday of the next week are held against.
  -- So nothing on a day is a row, too, if there was something the day or the week before.
  select k.workspace, k.day + n as day, k.metric, coalesce(sum(k.quantity) filter (where n = 0), 0) as quantity,
    coalesce(sum(k.events) filter (where n = 0), 0)::bigint as events,
    coalesce(sum(k.quantity) filter (where n = 1), 0) as day_before,
    coalesce(sum(k.quantity) filter (where n = 7), 0) as week_before
  from span, known k, unnest(array[0, 1, 7]) as n
  where k.events > 0 and k.day + n between span.first and span.last
  group by 1, 2, 3
), saved as (
  insert into analytics.daily_summary as s (workspace, day, metric, quantity, events, day_before, week_before)
  select * from compared order by workspace, day, metric
  on conflict (workspace, day, metric) do update set quantity = excluded.quantity, events = excluded.events,
    day_before = excluded.day_before, week_before = excluded.week_before, changed_at = now()
  where (s.quantity, s.events, s.day_before, s.week_before)
    is distinct from (excluded.quantity, excluded.events, excluded.day_before, excluded.week_before)
  returning 1
), counted as (
  select count(*) as places, max(workspace) as after from place
)
select c.after, c.places = 20 as more, cast(:#${variable.step[done]} as bigint) + c.places as done,
  cast(:#${variable.step[written]} as bigint) + (select count(*) from saved) as written,
  cast(:#${variable.step[found]} as bigint)
    + (select count(distinct k.workspace) from known k, span where k.day = span.day and k.events > 0) as found,
  least(100, 100 * (cast(:#${variable.step[done]} as bigint) + c.places)
    / greatest(cast(:#${variable.plan[total]} as bigint), 1)) as progress
from counted c
