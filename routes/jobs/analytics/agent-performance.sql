-- The days of the next 250 agents. A percentile lies between the two nearest durations, in proportion. Where there
-- are fewer executions than were counted before, some were deleted: what was counted stays.
with span as (
  select cast(:#${variable.plan[first]} as date) as first, cast(:#${variable.plan[last]} as date) as last,
    cast(:#${variable.plan[agent]} as text) as agent
), next as materialized (
  select n.workspace, n.agent from analytics.next_agents_1(cast(:#${variable.step[after]} as text),
    cast(:#${variable.step[after_agent]} as text), 250) as n
), run as materialized (
  select n.workspace, n.agent, (e.happened_at at time zone 'UTC')::date as day, e.status, e.duration_ms,
    e.tokens_in, e.tokens_out, coalesce(e.currency, '') as currency,
    -- No sum is made of what is no number.
    case when e.cost > '-Infinity' and e.cost < 'Infinity' then e.cost end as cost
  from span, next n cross join lateral (
    select * from analytics.execution e
    where e.workspace = n.workspace and e.agent = n.agent
      and e.happened_at >= span.first::timestamp at time zone 'UTC'
      and e.happened_at < (span.last + 1)::timestamp at time zone 'UTC' offset 0) as e
  where coalesce(n.agent = span.agent, true)
), cost as (
  select workspace, agent, day, jsonb_object_agg(currency, cost) as costs
  from (select workspace, agent, day, currency, trim_scale(sum(cost)) as cost
    from run where cost is not null group by workspace, agent, day, currency) as c
  group by workspace, agent, day
), performed as (
  select workspace, agent, day, count(*) as executions, count(*) filter (where status = 'succeeded') as succeeded,
    count(*) filter (where status = 'failed') as failed, count(*) filter (where status = 'cancelled') as cancelled,
    count(duration_ms) as timed, coalesce(sum(duration_ms), 0) as total_ms,
    percentile_cont(array[0.5, 0.95, 0.99]) within group (order by duration_ms) as percentiles,
    coalesce(sum(tokens_in), 0) as tokens_in, coalesce(sum(tokens_out), 0) as tokens_out
  from run group by workspace, agent, day
), saved as (
  insert into analytics.agent_performance as a (workspace, agent, day, executions, succeeded, failed, cancelled,
    timed, total_ms, p50_ms, p95_ms, p99_ms, tokens_in, tokens_out, costs)
  select p.workspace, p.agent, p.day, p.executions, p.succeeded, p.failed, p.cancelled, p.timed, p.total_ms,
    p.percentiles[1]::numeric, p.percentiles[2]::numeric, p.percentiles[3]::numeric, p.tokens_in, p.tokens_out,
    coalesce(c.costs, '{}')
  from performed p left join cost c using (workspace, agent, day)
  order by p.workspace, p.agent, p.day
  on conflict (workspace, agent, day) do update set executions = excluded.executions,
    succeeded = excluded.succeeded, failed = excluded.failed, cancelled = excluded.cancelled,
    timed = excluded.timed, total_ms = excluded.total_ms, p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms,
    p99_ms = excluded.p99_ms, tokens_in = excluded.tokens_in, tokens_out = excluded.tokens_out,
    costs = excluded.costs, changed_at = now()
  where excluded.executions >= a.executions
    and (a.executions, a.succeeded, a.failed, a.cancelled, a.timed, a.total_ms, a.p50_ms, a.p95_ms, a.p99_ms,
      a.tokens_in, a.tokens_out, a.costs)
    is distinct from (excluded.executions, excluded.succeeded, excluded.failed, excluded.cancelled,
      excluded.timed, excluded.total_ms, excluded.p50_ms, excluded.p95_ms, excluded.p99_ms, excluded.tokens_in,
      excluded.tokens_out, excluded.costs)
  returning 1
), counted as (
  select count(*) as agents from next
)
select l.workspace as after, l.agent as after_agent, c.agents = 250 as more,
  cast(:#${variable.step[done]} as bigint) + c.agents as done,
  cast(:#${variable.step[written]} as bigint) + (select count(*) from saved) as written,
  cast(:#${variable.step[found]} as bigint)
    + (select count(*) from performed p, span where p.day = span.last) as found,
  least(100, 100 * (cast(:#${variable.step[done]} as bigint) + c.agents)
    / greatest(cast(:#${variable.plan[total]} as bigint), 1)) as progress
from counted c left join (select * from next order by workspace desc, agent desc limit 1) as l on true
