-- True for an event that was not counted before.
select analytics.record_execution_2(
  event => cast(:#${variable.event[id]} as uuid),
  workspace => cast(:#${variable.event[workspace]} as text),
  event_time => cast(:#${variable.event[time].toString()} as timestamptz), data => cast(:#${body} as jsonb)) as counted
