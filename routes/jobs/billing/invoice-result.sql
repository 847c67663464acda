-- What has become of a month, in a sentence.
with asked as (
  select cast(:#${variable.window[period]} as text) as period, cast(:#${variable.window[workspace]} as text) as workspace
), issued as (
  select count(*) filter (where i.event_id = cast(:#${variable.event[id]} as uuid)) as now,
    count(*) filter (where i.event_id <> cast(:#${variable.event[id]} as uuid)) as before
  from asked a join billing.invoice i on i.period = a.period and (a.workspace is null or i.workspace = a.workspace)
), free as (
  select count(distinct u.workspace) as workspaces, min(u.workspace) as example
  from asked a join billing.usage u on u.period = a.period and u.quantity > 0 and u.workspace <> ''
    and (a.workspace is null or u.workspace = a.workspace)
  where not exists (
      select from billing.invoice i where i.workspace = u.workspace and i.period = u.period)
    and not exists (select from billing.usage p where p.workspace = u.workspace and p.period = u.period
      and exists (select from billing.price_1(p.workspace, p.metric, p.period)))
)
select concat(a.period, ': ', i.now, ' issued', ', ' || nullif(i.before, 0) || ' issued before',
  '; without a price: ' || nullif(f.workspaces, 0) || ', such as ' || f.example,
  case when a.workspace is null then '; of no workspace: ' || billing.unknown_1(a.period, a.period) end) as result
from asked a, issued i, free f
