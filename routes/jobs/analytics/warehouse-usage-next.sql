-- The next thousand parts that are not there yet, as rows of usage_events.
with next as (
  select * from analytics.usage_part where sent_at is null order by day, id limit 1000
)
select count(*) as count, coalesce(jsonb_agg(jsonb_build_object(
  'id', id, 'workspace', workspace, 'kind', 'recorded', 'agent', nullif(agent, ''), 'quantity', records,
  'tokens', tokens, 'cost', cost, 'occurred_at', to_char(day, 'YYYY-MM-DD"T00:00:00Z"'))), '[]')::text as rows
from next
