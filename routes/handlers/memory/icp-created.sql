-- What is older than what the graph knows changes nothing.
select told from memory.add_icp_1(
  event => cast(:#${variable.event[id]} as uuid),
  workspace => cast(:#${variable.event[workspace]} as text),
  event_time => cast(:#${variable.event[time].toString()} as timestamptz), data => cast(:#${body} as jsonb))
