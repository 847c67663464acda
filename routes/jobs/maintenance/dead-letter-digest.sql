-- Dead letters of the time from the slot before that was told of to this one, by subscription and
-- cause, the most first. Both end ten seconds before their slots: an attempt that ended before
-- was committed by then, or counts as lost.
with span as (
  select s.slot - interval '10 s' as until, coalesce((
      select max(r.slot) from serai.run r join serai.job j on j.id = r.job_id
        left join serai.delivery d on d.event_id = r.event_id and d.subscription_id = j.subscription_id
      where j.name = cast(:#${variable.job[job]} as text) and r.slot < s.slot
        and coalesce(d.state, 'done') = 'done'),
    s.slot - interval '1 day') - interval '10 s' as since
  from (select cast(:#${variable.job[slot]} as timestamptz) as slot) as s
), letters as (
  select s.name as subscription, coalesce(d.cause, 'unknown') as cause, d.event_id, d.finished_at,
    row_number() over (partition by s.name, d.cause order by d.finished_at, d.event_id) as place
  from span, serai.delivery d join serai.subscription s on s.id = d.subscription_id
  where d.dead and d.finished_at >= span.since and d.finished_at < span.until
), kinds as (
  select subscription, cause, count(*) as count, min(finished_at) as oldest_at,
    jsonb_agg(event_id order by place) filter (where place <= 3) as examples,
    row_number() over (order by count(*) desc, subscription, cause) as rank
  from letters group by subscription, cause
), told as (
  select coalesce(sum(count), 0) as count, count(*) as kinds,
    count(*) filter (where rank > 50) as further_kinds,
    coalesce(sum(count) filter (where rank > 50), 0) as further_count,
    coalesce(jsonb_agg(jsonb_build_object('subscription', subscription, 'cause', cause, 'count', count,
      'oldest', jsonb_build_object('event', examples -> 0, 'at', serai.rfc3339_1(oldest_at)),
      'examples', examples) order by rank) filter (where rank <= 50), '[]') as groups
  from kinds
)
select t.count, t.kinds, serai.rfc3339_1(s.since) as since,
  jsonb_build_object('since', serai.rfc3339_1(s.since), 'until', serai.rfc3339_1(s.until),
    'count', t.count, 'kinds', t.kinds, 'groups', t.groups)
  || case when t.further_kinds > 0 then jsonb_build_object('further',
      jsonb_build_object('kinds', t.further_kinds, 'count', t.further_count)) else '{}' end as data
from told t, span s
