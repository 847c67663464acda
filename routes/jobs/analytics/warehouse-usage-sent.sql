-- These are there now, or were before.
with sent as (
  update analytics.usage_part set sent_at = now()
  where id in (select r ->> 'id' from jsonb_array_elements(cast(:#${variable.next[rows]} as jsonb)) as r)
  returning 1
)
select (select count(*) from sent) + cast(:#${variable.step[sent]} as bigint) as sent,
  cast(:#${variable.next[count]} as bigint) = 1000 as more
