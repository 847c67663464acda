-- Cancels a task that waits. Its name is its author's, or the id of its event.
with queue as (
  select id from serai.subscription
  where name = 'task-queue-' || cast(:#${variable.taskQueue} as text)
), named as (
  select event_id from serai.event_key
  where source = 'serai'
    and key = 'task/' || cast(:#${variable.taskQueue} as text) || '/' || cast(:#${variable.taskName} as text)
  union all
  select case
    when cast(:#${variable.taskName} as text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then cast(:#${variable.taskName} as uuid) end
), deleted as (
  update serai.delivery d set state = 'cancelled', open = false, cause = 'deleted', finished_at = now()
  from named, queue
  where d.event_id = named.event_id and d.subscription_id = queue.id and d.state = 'ready'
  returning d.event_id
)
select json_build_object(
  'queue', cast(:#${variable.taskQueue} as text),
  'name', cast(:#${variable.taskName} as text),
  'status', case
    when exists (select from deleted) then 'deleted'
    when exists (select from serai.delivery d join named on named.event_id = d.event_id
      join queue on queue.id = d.subscription_id where d.state = 'running') then 'running'
    else 'missing' end)::text
