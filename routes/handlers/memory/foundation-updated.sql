-- One request of a foundation waits; an older one that comes late is told to nobody.
select told from memory.request_index_1(
  event => cast(:#${variable.event[id]} as uuid), type => cast(:#${variable.event[type]} as text),
  workspace => cast(:#${variable.event[workspace]} as text),
  event_time => cast(:#${variable.event[time].toString()} as timestamptz), data => cast(:#${body} as jsonb))
