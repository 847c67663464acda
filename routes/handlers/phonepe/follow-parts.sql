-- The parts of PhonePe's schedule before it comes to minutes, from the time of the announcement.
select jsonb_build_object('provider', 'phonepe', 'kind', kind, 'id', a ->> 'id', 'every', every,
    'until', to_char((announced + ends) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text as data,
  to_char((announced + starts) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
from cast(:#${body} as jsonb) as a,
  cast(:#${variable.event[time].toString()} as timestamptz) as announced,
  split_part(replace(cast(:#${variable.event[type]} as text), 'payment.', 'order.'), '.', 1) as kind,
  (values (interval '22 s', interval '3 s', interval '50 s'), ('50 s', '6 s', '110 s'),
    ('110 s', '10 s', '170 s'), ('170 s', '30 s', '230 s')) as part (starts, every, ends)
order by starts
