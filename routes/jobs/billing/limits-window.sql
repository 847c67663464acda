-- The month (UTC) whose usage counts: the one that is asked for, or that of the slot.
select coalesce(r -> 'parameters' ->> 'workspace', '') as workspace,
  coalesce(r -> 'parameters' ->> 'period', to_char((r ->> 'slot')::timestamptz at time zone 'UTC', 'YYYY-MM')) as period
from cast(:#${body} as jsonb) as r
