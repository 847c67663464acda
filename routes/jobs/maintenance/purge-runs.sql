-- Ids of runs are times; an open run stays, however old it is.
with old as (
  select r.event_id from serai.run r
  where r.event_id < serai.least_id(now() - make_interval(days => :#${variable.job[parameters][days]}::int))
    and not exists (select from serai.delivery d where d.event_id = r.event_id and d.open)
  order by r.event_id limit 1000
), lines as (
  delete from serai.run_line l using old where l.event_id = old.event_id
), gone as (
  delete from serai.run r using old where r.event_id = old.event_id returning 1
)
select count(*) = 1000 as more, count(*) + :#${variable.total}::bigint as total from gone
