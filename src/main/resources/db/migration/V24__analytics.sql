-- What the jobs of routes/jobs/analytics make of the facts: sums of days. See docs/analytics.md

create table analytics.daily_summary (
  workspace   text        not null, -- empty if it is not known
  day         date        not null, -- UTC
  metric      text        not null,
  quantity    numeric     not null,
  events      bigint      not null, -- how many facts have added to it
  day_before  numeric     not null, -- the quantity of the day before
  week_before numeric     not null, -- the quantity of the same weekday of the week before
  -- In per cent; null where there was nothing before.
  day_change  numeric     generated always as
    (round((quantity - day_before) / nullif(day_before, 0) * 100, 2)) stored,
  week_change numeric     generated always as
    (round((quantity - week_before) / nullif(week_before, 0) * 100, 2)) stored,
  changed_at  timestamptz not null default now(), -- when a run last found another number
  primary key (workspace, day, metric)
);

create table analytics.agent_performance (
  workspace  text          not null, -- empty if it is not known
  agent      text          not null,
  day        date          not null, -- UTC
  executions bigint        not null,
  succeeded  bigint        not null,
  failed     bigint        not null,
  cancelled  bigint        not null,
  error_rate numeric       generated always as (round(failed / nullif(executions::numeric, 0), 4)) stored,
  timed      bigint        not null, -- executions whose duration is known: percentiles are of these
  total_ms   numeric       not null, -- their durations together
  p50_ms     numeric(18, 2),         -- null if none is timed
  p95_ms     numeric(18, 2),
  p99_ms     numeric(18, 2),
  tokens_in  numeric       not null,
  tokens_out numeric       not null,
  costs      jsonb         not null, -- currency -> sum; the empty currency if none was named
  changed_at timestamptz   not null default now(),
  primary key (workspace, agent, day)
);

create index agent_performance_by_day on analytics.agent_performance (workspace, day);

comment on table analytics.daily_summary is 'What a workspace did on a day, beside the day and the week before';
comment on table analytics.agent_performance is 'How an agent did on a day: executions, latency, errors, cost';

-- The next workspaces of which there are facts, by name. Each is found by its place in an index, so that it costs
-- nothing how many facts one has. Null begins; the empty name, of what is not known, is the first.
create function analytics.next_workspaces_1(after text, most integer) returns setof text
language plpgsql stable as $$
declare
  place text := after;
begin
  for i in 1 .. most loop
    if place is null then
      select least((select min(u.workspace) from analytics.usage u),
        (select min(e.workspace) from analytics.execution e),
        (select min(d.workspace) from serai.usage_day d)) into place;
    else
      select least((select min(u.workspace) from analytics.usage u where u.workspace > place),
        (select min(e.workspace) from analytics.execution e where e.workspace > place),
        (select min(d.workspace) from serai.usage_day d where d.workspace > place)) into place;
    end if;
    exit when place is null;
    return next place;
  end loop;
end $$;

-- The next agents that have run, by workspace and name, in the same way.
create function analytics.next_agents_1(after_workspace text, after_agent text, most integer)
returns table (workspace text, agent text) language plpgsql stable as $$
#variable_conflict use_column
declare
  place record;
begin
  select after_workspace as workspace, after_agent as agent into place;
  for i in 1 .. most loop
    if place.workspace is null then
      select e.workspace, e.agent into place from analytics.execution e
      order by e.workspace, e.agent limit 1;
    else
      select e.workspace, e.agent into place from analytics.execution e
      where (e.workspace, e.agent) > (place.workspace, place.agent)
      order by e.workspace, e.agent limit 1;
    end if;
    exit when not found;
    workspace := place.workspace;
    agent := place.agent;
    return next;
  end loop;
end $$;

-- Whether a workspace did anything on these days (UTC).
create function analytics.is_active_1(workspace text, first date, last date) returns boolean language sql stable
return exists (select from analytics.usage u where u.workspace = $1 and u.day between $2 and $3)
  or exists (select from serai.usage_day d where d.workspace = $1 and d.day between $2 and $3)
  or exists (select from analytics.execution e where e.workspace = $1
    and e.happened_at >= $2::timestamp at time zone 'UTC'
    and e.happened_at < ($3 + 1)::timestamp at time zone 'UTC');

-- A number for people: 1,234,567; money with two to six decimals; milliseconds as 4.2 s or 1 h 05 min.
create function analytics.told_1(number numeric, form text) returns text language sql immutable
return case when number is null then '–' else case form
  when 'money' then to_char(number, 'FM999,999,999,999,999,990.009999')
  when 'percent' then to_char(number, 'FM990.0') || ' %'
  when 'time' then case when number < 1000 then to_char(number, 'FM990') || ' ms'
    when number < 60000 then to_char(trunc(number / 1000, 1), 'FM90.0') || ' s'
    when number < 3600000 then format('%s min %s s', trunc(number / 60000),
      to_char(trunc(number / 1000) % 60, 'FM00'))
    else format('%s h %s min', to_char(trunc(number / 3600000), 'FM999,999,999,999,990'),
      to_char(trunc(number / 60000) % 60, 'FM00')) end
  else to_char(number, 'FM999,999,999,999,999,999,990') end end;

-- How much more or less than before, of an object with change_percent and trend.
create function analytics.told_change_1(change jsonb) returns text language sql immutable
return case when change ->> 'trend' in ('new', 'same') then change ->> 'trend'
  else to_char((change ->> 'change_percent')::numeric, 'FMSG999,999,999,999,999,990.0') || ' %' end;

-- As record_execution_1, which took an unknown duration for 0 ms: such a one is null now, and no percentile knows it.
create function analytics.record_execution_2(
  event uuid, workspace text, event_time timestamptz, data jsonb)
returns boolean language plpgsql as $$
#variable_conflict use_variable
declare
  place text := coalesce(data ->> 'workspace', workspace, '');
  began timestamptz := (data ->> 'started_at')::timestamptz;
  ended timestamptz := (data ->> 'ended_at')::timestamptz;
  happened timestamptz := least(coalesce((data ->> 'occurred_at')::timestamptz, ended, event_time), event_time);
  lasted bigint := coalesce(analytics.number_1(data, 'duration_ms'),
    case when began <= ended then (extract(epoch from ended - began) * 1000)::bigint end);
begin
  insert into analytics.execution (event_id, workspace, id, agent, status, happened_at, duration_ms,
    tokens_in, tokens_out, cost, currency, error)
  values (event, place, data ->> 'id', data ->> 'agent', data ->> 'status', happened, lasted,
    analytics.number_1(data, 'tokens_in'), analytics.number_1(data, 'tokens_out'),
    (data ->> 'cost')::numeric, lower(data ->> 'currency'), data ->> 'error')
  on conflict on constraint execution_pkey do nothing;
  if not found then
    return false;
  end if;
  perform analytics.use_1(place, happened, jsonb_build_object('agent_executions', 1,
    'agent_failures', case when data ->> 'status' = 'failed' then 1 else 0 end,
    'agent_ms', lasted, 'agent_tokens', coalesce(analytics.number_1(data, 'tokens_in'), 0)
      + coalesce(analytics.number_1(data, 'tokens_out'), 0)));
  return true;
end $$;
