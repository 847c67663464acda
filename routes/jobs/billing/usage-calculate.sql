-- The sums of the next hundred workspaces.
select next, next is not null as more, cast(:#${variable.workspaces} as bigint) + workspaces as workspaces,
  cast(:#${variable.changed} as bigint) + changed as changed
from billing.calculate_1(
  since => cast(:#${variable.window[since].toString()} as date),
  until => cast(:#${variable.window[until].toString()} as date),
  of_workspace => cast(:#${variable.window[workspace]} as text),
  first => coalesce(cast(:#${variable.next} as text), ''), page => 100)
