-- The addresses of the table that fit, else those of the configuration. Never any of the event's own.
with fitting as (
  select distinct address from notify.recipient
  where workspace in ('*', cast(:#${variable.notice[workspace]} as text))
    and type in ('*', cast(:#${variable.event[type]} as text))
)
select address from fitting
union
select trim(a) from unnest(string_to_array(cast(:#${variable.fallback} as text), ',')) as a
where trim(a) <> '' and not exists (select from fitting)
order by address
limit 100
