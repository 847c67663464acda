-- The same as texts for people, and the sizes of bars.
with report as (
  select r from cast(:#${variable.data} as jsonb) as r
), mark (trend, sign) as (
  values ('up', '▲'), ('down', '▼'), ('same', '='), ('new', '●')
), total as (
  select l.position, l.label, l.good, t ->> 'trend' as trend, m.sign,
    analytics.told_1((t ->> 'value')::numeric, l.form) as value,
    analytics.told_1((t ->> 'before')::numeric, l.form) as before,
    analytics.told_change_1(t) as change
  from report, (values
      (1, 'executions', 'Executions of agents', 'count', 'up'), (2, 'failed', 'Failed', 'count', 'down'),
      (3, 'cancelled', 'Cancelled', 'count', ''), (4, 'active_agents', 'Active agents', 'count', 'up'),
      (5, 'agent_ms', 'Time of agents', 'time', ''), (6, 'tokens_in', 'Tokens read', 'count', ''),
      (7, 'tokens_out', 'Tokens written', 'count', ''), (8, 'content_items', 'Pieces of content', 'count', 'up'),
      (9, 'content_words', 'Words', 'count', 'up'), (10, 'recorded_tokens', 'Tokens recorded', 'count', ''),
      (11, 'recorded_cost', 'Cost recorded', 'money', '')) as l (position, metric, label, form, good),
    lateral (select r -> 'totals' -> l.metric) as v (t) join mark m on m.trend = t ->> 'trend'
  where position = 1 or (t ->> 'value')::numeric <> 0 or (t ->> 'before')::numeric <> 0
), week_day as (
  select n, (d ->> 'day')::date as day, (d ->> 'executions')::numeric as executions,
    (d ->> 'failed')::numeric as failed, d, max((d ->> 'executions')::numeric) over () as most
  from report, jsonb_array_elements(r -> 'days') with ordinality as x (d, n)
), bar as (
  -- 100 high; a day with anything shows.
  select *, case when executions > 0 then greatest(round(100 * executions / most, 1), 1) else 0 end as height,
    case when executions > 0 then round(greatest(100 * executions / most, 1) * failed / executions, 1) else 0 end
      as failed_height
  from week_day
), mistake as (
  select n, e, max((e ->> 'failures')::numeric) over () as most
  from report, jsonb_array_elements(r -> 'errors') with ordinality as x (e, n)
)
select jsonb_build_object(
  'name', case r ->> 'workspace' when '*' then 'All workspaces' else r ->> 'workspace' end,
  'is_all', r ->> 'workspace' = '*', 'period', r ->> 'period', 'before', r ->> 'before',
  'from', to_char((r ->> 'from')::date, 'FMDD Mon YYYY'), 'to', to_char((r ->> 'to')::date, 'FMDD Mon YYYY'),
  'incomplete', not (r ->> 'complete')::boolean,
  'workspace_count', analytics.told_1((r ->> 'workspace_count')::numeric, 'count'),
  'totals', (select jsonb_agg(jsonb_build_object('label', label, 'value', value, 'was', before, 'change', change,
      'sign', sign, 'tone', case when good = '' or trend = 'same' then 'plain'
        when case trend when 'new' then 'up' else trend end = good then 'good' else 'bad' end) order by position) from total),
  'days', (select jsonb_agg(jsonb_build_object('label', to_char(day, 'Dy'), 'date', to_char(day, 'FMDD Mon'),
      'x', (n - 1) * 60 + 10, 'middle', (n - 1) * 60 + 30, 'y', 120 - height, 'height', height,
      'failed_y', 120 - failed_height, 'failed_height', failed_height, 'top', 114 - height,
      'executions', analytics.told_1(executions, 'count'), 'failed', analytics.told_1(failed, 'count'),
      'tokens', analytics.told_1((d ->> 'tokens')::numeric, 'count'),
      'content', analytics.told_1((d ->> 'content_items')::numeric, 'count')) order by n) from bar),
  'has_agents', jsonb_array_length(r -> 'agents') > 0, 'agents', (
    select coalesce(jsonb_agg(jsonb_build_object('agent', coalesce(nullif(a ->> 'agent', ''), '(no name)'),
      'place', coalesce(nullif(a ->> 'workspace', ''), '(not known)'),
      'executions', analytics.told_1((a ->> 'executions')::numeric, 'count'),
      'error_rate', analytics.told_1((a ->> 'error_rate')::numeric * 100, 'percent'),
      'mean', analytics.told_1((a ->> 'mean_ms')::numeric, 'time'),
      'tokens', analytics.told_1((a ->> 'tokens')::numeric, 'count'),
      'amounts', coalesce((select jsonb_agg(concat_ws(' ', upper(nullif(c.key, '')),
        analytics.told_1(c.value::numeric, 'money')) order by c.key collate "C")
        from jsonb_each_text(a -> 'costs') as c), '["–"]')) order by n), '[]')
    from jsonb_array_elements(r -> 'agents') with ordinality as x (a, n)),
  'more_agents', nullif((r ->> 'agent_count')::int - jsonb_array_length(r -> 'agents'), 0),
  'has_errors', jsonb_array_length(r -> 'errors') > 0, 'errors', (
    select coalesce(jsonb_agg(jsonb_build_object('error', coalesce(nullif(e ->> 'error', ''), '(no message)'),
      'failures', analytics.told_1((e ->> 'failures')::numeric, 'count'),
      'agent_count', analytics.told_1((e ->> 'agents')::numeric, 'count'),
      'width', round(100 * (e ->> 'failures')::numeric / most, 1)) order by n), '[]') from mistake),
  'has_costs', jsonb_array_length(r -> 'costs') > 0, 'costs', (
    select coalesce(jsonb_agg(jsonb_build_object('currency', coalesce(upper(nullif(c ->> 'currency', '')),
        '(none named)'), 'value', analytics.told_1((c ->> 'value')::numeric, 'money'),
      'was', analytics.told_1((c ->> 'before')::numeric, 'money'), 'change', analytics.told_change_1(c),
      'sign', (select sign from mark where trend = c ->> 'trend')) order by n), '[]')
    from jsonb_array_elements(r -> 'costs') with ordinality as x (c, n)),
  'has_workspaces', jsonb_array_length(r -> 'workspaces') > 0, 'workspaces', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'place', coalesce(nullif(w ->> 'workspace', ''), '(not known)'),
      'executions', analytics.told_1((w ->> 'executions')::numeric, 'count'),
      'failed', analytics.told_1((w ->> 'failed')::numeric, 'count'),
      'was', analytics.told_1((w ->> 'before')::numeric, 'count')) order by n), '[]')
    from jsonb_array_elements(r -> 'workspaces') with ordinality as x (w, n)))::text as view
from report
