-- What a workspace did in a week, beside the week before; * is all of them together.
with span as (
  select cast(:#${variable.week[monday]} as date) as monday, cast(:#${variable.workspace} as text) as workspace
), place as materialized (
  select w as workspace from span, analytics.next_workspaces_1(null,
    case when cast(:#${variable.workspace} as text) = '*' then 2147483647 else 0 end) as w
  union all
  select workspace from span where workspace <> '*'
), run as materialized (
  select p.workspace, e.agent, e.status, e.day, e.day >= span.monday as is_now, left(e.error, 200) as error,
    coalesce(e.currency, '') as currency, count(*) as events, count(e.duration_ms) as timed,
    sum(e.duration_ms) as ms, coalesce(sum(e.tokens_in), 0) as tokens_in,
    coalesce(sum(e.tokens_out), 0) as tokens_out,
    -- No sum is made of what is no number.
    trim_scale(sum(e.cost) filter (where e.cost > '-Infinity' and e.cost < 'Infinity')) as cost
  from span, place p cross join lateral (
    select *, (e.happened_at at time zone 'UTC')::date as day from analytics.execution e
    where e.workspace = p.workspace and e.happened_at >= (span.monday - 7)::timestamp at time zone 'UTC'
      and e.happened_at < (span.monday + 7)::timestamp at time zone 'UTC' offset 0) as e
  group by 1, 2, 3, 4, 5, 6, 7
), used as materialized (
  select u.workspace, u.day, u.day >= span.monday as is_now, u.metric, u.quantity
  from span, place p cross join lateral (
    select * from analytics.usage u
    where u.workspace = p.workspace and u.day between span.monday - 7 and span.monday + 6 offset 0) as u
), recorded as materialized (
  select d.workspace, d.day >= span.monday as is_now, d.agent, d.tokens, d.cost
  from span, place p cross join lateral (
    select * from serai.usage_day d
    where d.workspace = p.workspace and d.day between span.monday - 7 and span.monday + 6 offset 0) as d
), measure (position, metric, is_now, quantity) as (
  select 1, 'executions', is_now, sum(events) from run group by is_now
  union all select 2, 'succeeded', is_now, sum(events) from run where status = 'succeeded' group by is_now
  union all select 3, 'failed', is_now, sum(events) from run where status = 'failed' group by is_now
  union all select 4, 'cancelled', is_now, sum(events) from run where status = 'cancelled' group by is_now
  union all
  select 5, 'active_agents', is_now, count(distinct (workspace, agent))
  from (select workspace, is_now, agent from run
    union all select workspace, is_now, agent from recorded where agent <> '') as a group by is_now
  union all select 6, 'agent_ms', is_now, sum(ms) from run group by is_now
  union all select 7, 'tokens_in', is_now, sum(tokens_in) from run group by is_now
  union all select 8, 'tokens_out', is_now, sum(tokens_out) from run group by is_now
  union all
  select array_position(array['content_items', 'content_words', 'content_tokens'], metric) + 8, metric, is_now,
    sum(quantity) from used where metric in ('content_items', 'content_words', 'content_tokens')
  group by metric, is_now
  union all select 12, 'recorded_tokens', is_now, sum(tokens) from recorded group by is_now
  union all select 13, 'recorded_cost', is_now, sum(cost) from recorded group by is_now
), total as (
  select m.position, m.metric, trim_scale(coalesce(sum(v.quantity) filter (where v.is_now), 0)) as now,
    trim_scale(coalesce(sum(v.quantity) filter (where not v.is_now), 0)) as before
  from (values (1, 'executions'), (2, 'succeeded'), (3, 'failed'), (4, 'cancelled'), (5, 'active_agents'),
      (6, 'agent_ms'), (7, 'tokens_in'), (8, 'tokens_out'), (9, 'content_items'), (10, 'content_words'),
      (11, 'content_tokens'), (12, 'recorded_tokens'), (13, 'recorded_cost')) as m (position, metric)
    left join measure v using (position)
  group by m.position, m.metric
), week_day as (
  select span.monday + n as day, coalesce(r.executions, 0) as executions, coalesce(r.failed, 0) as failed,
    coalesce(r.tokens, 0) as tokens, coalesce(u.content_items, 0) as content_items
  from span cross join generate_series(0, 6) as n
    left join (select day, sum(events) as executions, sum(events) filter (where status = 'failed') as failed,
      sum(tokens_in + tokens_out) as tokens from run group by day) as r on r.day = span.monday + n
    left join (select day, sum(quantity) as content_items from used where metric = 'content_items'
      group by day) as u on u.day = span.monday + n
), cost as (
  select currency, trim_scale(coalesce(sum(cost) filter (where is_now), 0)) as now,
    trim_scale(coalesce(sum(cost) filter (where not is_now), 0)) as before
  from run where cost is not null group by currency
), agent as (
  select workspace, agent, sum(events) as executions,
    coalesce(sum(events) filter (where status = 'failed'), 0) as failed, sum(ms) as ms, sum(timed) as timed,
    sum(tokens_in + tokens_out) as tokens,
    (select jsonb_object_agg(currency, cost::text) from (
      select c.currency, trim_scale(sum(c.cost)) as cost from run c where c.is_now and c.cost is not null
        and c.workspace = r.workspace and c.agent = r.agent group by c.currency) as c) as costs
  from run r where is_now group by workspace, agent
  order by executions desc, agent collate "C", workspace collate "C" limit 10
), mistake as (
  select coalesce(error, '') as error, sum(events) as failures, count(distinct (workspace, agent)) as agents
  from run where is_now and status = 'failed' group by 1
  order by failures desc, coalesce(error, '') collate "C" limit 10
), busy as (
  select p.workspace, coalesce(sum(r.events) filter (where r.is_now), 0) as executions,
    coalesce(sum(r.events) filter (where r.is_now and r.status = 'failed'), 0) as failed,
    coalesce(sum(r.events) filter (where not r.is_now), 0) as before
  from place p join run r using (workspace), span where span.workspace = '*'
  group by p.workspace order by executions desc, before desc, p.workspace collate "C" limit 10
), counts as (
  select (select count(distinct (workspace, agent)) from run where is_now) as agents,
    (select count(distinct workspace) from (select workspace from run where is_now
      union all select workspace from used where is_now
      union all select workspace from recorded where is_now) as w) as workspaces,
    -- Executions are deleted some day, what they were counted as is not.
    (select coalesce(sum(quantity), 0) from used where metric = 'agent_executions')
      <= (select coalesce(sum(events), 0) from run) as complete
)
select jsonb_build_object('workspace', span.workspace, 'period', to_char(span.monday, 'IYYY-"W"IW'),
  'from', span.monday, 'to', span.monday + 6, 'before', to_char(span.monday - 7, 'IYYY-"W"IW'),
  'complete', counts.complete, 'agent_count', counts.agents, 'workspace_count', counts.workspaces,
  'totals', (select jsonb_object_agg(metric, jsonb_build_object('value', now, 'before', before,
      'change_percent', round((now - before) / nullif(before, 0) * 100, 1),
      'trend', case when now = before then 'same' when before = 0 then 'new' when now > before then 'up'
        else 'down' end)) from total),
  'days', (select jsonb_agg(jsonb_build_object('day', day, 'executions', executions, 'failed', failed,
      'tokens', tokens, 'content_items', content_items) order by day) from week_day),
  'agents', coalesce((select jsonb_agg(jsonb_build_object('workspace', workspace, 'agent', agent,
      'executions', executions, 'failed', failed, 'error_rate', round(failed / executions, 4),
      'mean_ms', round(ms / nullif(timed, 0)), 'tokens', tokens, 'costs', coalesce(costs, '{}'))
      order by executions desc, agent collate "C", workspace collate "C") from agent), '[]'),
  'errors', coalesce((select jsonb_agg(jsonb_build_object('error', error, 'failures', failures,
      'agents', agents) order by failures desc, error collate "C") from mistake), '[]'),
  'costs', coalesce((select jsonb_agg(jsonb_build_object('currency', currency, 'value', now::text,
      'before', before::text, 'change_percent', round((now - before) / nullif(before, 0) * 100, 1),
      'trend', case when now = before then 'same' when before = 0 then 'new' when now > before then 'up'
        else 'down' end) order by currency collate "C") from cost), '[]'),
  'workspaces', coalesce((select jsonb_agg(jsonb_build_object('workspace', workspace,
      'executions', executions, 'failed', failed, 'before', before)
      order by executions desc, before desc, workspace collate "C") from busy), '[]'))::text as data
from span, counts
