-- From now on nothing of the subject is left, but what only looks has changed nothing.
update serai.erased_subject set erased_at = now() where id = cast(cast(:#${variable.event[id]} as text) as uuid)
