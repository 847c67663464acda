-- Whether it is still open and was not asked about just now, and when the next check of this part is.
with due as (
  select d ->> 'kind' as kind, d ->> 'id' as id, (d ->> 'every')::interval as every,
    (d ->> 'until')::timestamptz as until
  from cast(:#${body} as jsonb) as d
), open as (
  select * from due d
  where id ~ '^[A-Za-z0-9_-]{1,63}$' and (kind = 'order' and exists (
      select from payments.payment p
      where p.provider = 'phonepe' and p.id = d.id and p.state in ('created', 'pending'))
    or kind = 'refund' and exists (
      select from payments.refund r
      where r.provider = 'phonepe' and r.id = d.id and r.state = 'pending'))
), asked as (
  insert into payments.status_check as s (provider, kind, id, asked_at)
  select 'phonepe', kind, id, clock_timestamp() from open
  on conflict (provider, kind, id) do update set asked_at = excluded.asked_at
  where s.asked_at <= clock_timestamp() - (select every from open) + interval '1 s'
  returning 1
)
select o.kind, o.id, exists (select from asked) as found,
  case o.kind when 'refund' then 'refunds'
    else cast(:#${properties:serai.phonepe.product:checkout} as text) end as product,
  case when now() + every < until
    then to_char((now() + every) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as next_at,
  cast(:#${body} as text) as data
from (select 1) as one left join open o on true
