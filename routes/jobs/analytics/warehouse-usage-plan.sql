-- Makes a part of what was recorded of days before the slot's and is in no part yet.
with slot as (
  select ((cast(:#${variable.run} as jsonb) ->> 'slot')::timestamptz at time zone 'UTC')::date as today
), sum as (
  select workspace, day, agent, max(part) as part, sum(records) as records, sum(tokens) as tokens, sum(cost) as cost
  from analytics.usage_part group by workspace, day, agent
), planned as (
  insert into analytics.usage_part (id, workspace, day, agent, part, records, tokens, cost)
  select format('recorded/%s/%s/%s/%s/%s', to_char(d.day, 'YYYY-MM-DD'), coalesce(s.part, 0) + 1, length(d.workspace),
      d.workspace, d.agent),
    d.workspace, d.day, d.agent, coalesce(s.part, 0) + 1, d.records - coalesce(s.records, 0),
    d.tokens - coalesce(s.tokens, 0), d.cost - coalesce(s.cost, 0)
  from slot cross join serai.usage_day d left join sum s using (workspace, day, agent)
  where d.day < slot.today and d.records > coalesce(s.records, 0)
  on conflict do nothing
  returning 1
)
select 0 as sent, true as more, (select count(*) from planned) as planned
