-- Whether the hub holds, or has held, a task of this key until it was near enough for Cloud Tasks.
select cast(event_id as text) from serai.event_key
where source = 'serai' and key = cast(:#${header.taskKey} as text)
