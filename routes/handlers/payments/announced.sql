-- The id is the provider's of what is going to be paid or given back. Nothing but the provider can
-- say how it ends.
with announced as materialized (
  select a, cast(:#${variable.event[type]} as text) as type,
    coalesce(a ->> 'workspace', cast(:#${variable.event[workspace]} as text)) as workspace
  from cast(:#${body} as jsonb) as a
)
select n.*
from (select * from announced where type = 'payment.initiated') as p, lateral payments.save_payment_1(
  provider => a ->> 'provider', id => a ->> 'id', event => cast(:#${variable.event[id]} as uuid),
  received => cast(:#${variable.event[time].toString()} as timestamptz), state => 'created', word => null,
  amount => (a ->> 'amount')::bigint, currency => a ->> 'currency', customer => a ->> 'customer',
  workspace => workspace) as n
union all
select n.*
from (select * from announced where type = 'refund.initiated') as r, lateral payments.save_refund_1(
  provider => a ->> 'provider', id => a ->> 'id', event => cast(:#${variable.event[id]} as uuid),
  received => cast(:#${variable.event[time].toString()} as timestamptz), state => 'pending', word => null,
  payment => a ->> 'payment', amount => (a ->> 'amount')::bigint, currency => a ->> 'currency',
  reason => a ->> 'reason', workspace => workspace) as n
