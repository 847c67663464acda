-- Cancels a task that the hub holds until it is near enough for Cloud Tasks.
-- Its name is its author's, or the id of its event.
with queue as (
  select id from serai.subscription
  where name = 'task-later'
), named as (
  select event_id from serai.event_key
  where source = 'serai'
    and key = 'task/' || cast(:#${header.CamelGoogleCloudTasksQueue} as text) || '/' || cast(:#${header.CamelGoogleCloudTasksTaskName} as text)
  union all
  select case
    when cast(:#${header.CamelGoogleCloudTasksTaskName} as text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then cast(:#${header.CamelGoogleCloudTasksTaskName} as uuid) end
), deleted as (
  update serai.delivery d set state = 'cancelled', open = false, cause = 'deleted', finished_at = now()
  from named, queue
  where d.event_id = named.event_id and d.subscription_id = queue.id and d.state = 'ready'
  returning d.event_id
)
select case
  when exists (select from deleted) then 'deleted'
  when exists (select from serai.delivery d join named on named.event_id = d.event_id
    join queue on queue.id = d.subscription_id where d.state = 'running') then 'running'
  else 'missing' end
