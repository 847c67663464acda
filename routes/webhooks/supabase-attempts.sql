-- Ten failures of a user in ten minutes, and each try of the next minutes is refused, right or wrong: else a guesser
-- would know when the guess was right. A success before forgets the failures.
with hook as (
  select e -> 'metadata' ->> 'name' as name, e ->> 'user_id' as user_id,
    (e ->> 'valid')::boolean as valid
  from cast(# as jsonb) as e
), recent as (
  select count(*) as failures from supabase.failed_attempt f, hook h
  where f.hook = h.name and f.user_id = h.user_id and f.at >= now() - interval '10 minutes'
), forgotten as (
  delete from supabase.failed_attempt f using hook h, recent r
  where f.hook = h.name and f.user_id = h.user_id
    and (h.valid and r.failures < 10 or f.at < now() - interval '10 minutes')
), aged as (
  -- Users who never came back; a few at a time, and never those that another deletes now.
  delete from supabase.failed_attempt where ctid = any(array(
    select ctid from supabase.failed_attempt
    where at < now() - interval '1 day' limit 10 for update skip locked))
), failed as (
  insert into supabase.failed_attempt (hook, user_id, at)
  select name, user_id, clock_timestamp() from hook where not valid
)
select case when failures < 10 then '{"decision":"continue"}'
  else '{"decision":"reject","message":"Too many attempts: try again in ten minutes"}' end
from recent
