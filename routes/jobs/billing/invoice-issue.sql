-- No row unless there is something to invoice that no invoice has.
select number, invoice, (invoice::jsonb - 'issuer' - 'customer')::text as event,
  billing.view_1(invoice::jsonb)::text as view
from billing.issue_1(
  of_workspace => cast(:#${variable.invoiced} as text), of_period => cast(:#${variable.window[period]} as text),
  run => cast(:#${variable.event[id]} as uuid))
