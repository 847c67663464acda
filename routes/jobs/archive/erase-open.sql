-- How many events of the subject there are, and whether any is under way. What is dead or done waits for nobody.
with asked as materialized (
  select * from jsonb_to_record(cast(cast(:#${variable.subject.json} as text) as jsonb))
    as a (salt text, hash text, workspace text, source text, at timestamptz)
), subject as materialized (
  select f.id from asked a, serai.events_of_subject_1(a.salt, a.hash, a.workspace, a.source, a.at) as f (id)
), open as (
  select count(*) as open, coalesce(string_agg(distinct s.name, ', '), '') as names
  from subject f join serai.delivery d on d.event_id = f.id and d.open
    join serai.subscription s on s.id = d.subscription_id
)
select open, names, json_build_object(
  'events', (select count(*) from subject),
  'dead_letters', (select count(*) from subject f join serai.delivery d on d.event_id = f.id and d.dead),
  'attempts', (select count(*) from subject f join serai.attempt a on a.event_id = f.id and a.detail is not null),
  'runs', (select count(*) from subject f join serai.run r on r.event_id = f.id))::text as counts
from open
