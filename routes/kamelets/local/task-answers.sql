-- How often the receiver of a task has answered, other than with a success.
select count(*) from serai.attempt
where event_id = cast(:#${variable.event[id]} as uuid) and cause like 'Receiver%Exception'
