-- A slot is told of once, and what was told stays. Says whether this is the first time.
with kept as (
  insert into serai.document (kind, workspace, period, data, html, event_id)
  values ('dead-letter-digest', '*', cast(:#${variable.job[slot]} as text),
    cast(cast(:#${variable.digest[data]} as text) as jsonb), cast(:#${variable.html} as text),
    cast(cast(:#${variable.event[id]} as text) as uuid))
  on conflict (kind, workspace, period) do nothing
  returning 1
)
select count(*) as rows from kept
