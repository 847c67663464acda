-- Who paid without an account has no customer.
select payments.save_customer_1(
  'stripe', case o ->> 'object' when 'customer' then o ->> 'id' else o ->> 'customer' end,
  coalesce(o ->> 'email', o -> 'customer_details' ->> 'email', o -> 'billing_details' ->> 'email'),
  o -> 'metadata' ->> 'workspace_id', at)
from (
  select e -> 'data' -> 'object' as o, to_timestamp((e ->> 'created')::bigint) as at
  from cast(:#${body} as jsonb) as e
) as stripe
