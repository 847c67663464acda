-- Empties the events of the subject and of what was emitted for them, and all that repeats what was in them. An
-- event without a body counts as a sensitive one whose body has gone: nobody is given it, nothing replays it.
with asked as materialized (
  select * from jsonb_to_record(cast(cast(:#${variable.subject.json} as text) as jsonb))
    as a (salt text, hash text, workspace text, source text, at timestamptz)
), subject as materialized (
  select f.id from asked a, serai.events_of_subject_1(a.salt, a.hash, a.workspace, a.source, a.at) as f (id)
), events as (
  update serai.event e set body = '', subject = null, signature = null, sensitive = true, erased_at = now()
  from subject f where e.id = f.id returning 1
), letters as (
  update serai.delivery d set
    state = case when d.dead then 'cancelled' else d.state end,
    cause = case when d.dead then 'erased' else d.cause end,
    dead = false, result = null, order_key = null
  from subject f where d.event_id = f.id and not d.open
    and (d.dead or d.result is not null or d.order_key is not null)
  returning d.cause
), attempts as (
  update serai.attempt a set detail = null from subject f
  where a.event_id = f.id and a.detail is not null returning 1
), lines as (
  delete from serai.run_line l using subject f where l.event_id = f.id returning 1
), runs as (
  update serai.run r set message = null, parameters = coalesce((
    select jsonb_object_agg(p.key, case
      when encode(sha256(convert_to(a.salt || jsonb_extract_path_text(p.value, variadic '{}'::text[]), 'UTF8')), 'hex') = a.hash then '"[erased]"'
      else p.value end) from jsonb_each(r.parameters) as p), '{}')
  from subject f, asked a where r.event_id = f.id returning 1
), filters as (
  update serai.replay r set filter = r.filter || '{"subject": "[erased]"}' from asked a
  where r.state <> 'running' and a.source is null and a.workspace is null
    and encode(sha256(convert_to(a.salt || (r.filter ->> 'subject'), 'UTF8')), 'hex') = a.hash
  returning 1
)
select true as done, json_build_object('events', (select count(*) from events),
  'dead_letters', (select count(*) from letters where cause = 'erased'),
  'attempts', (select count(*) from attempts), 'runs', (select count(*) from runs),
  'replays', (select count(*) from filters))::text as counts
