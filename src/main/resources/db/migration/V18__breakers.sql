-- What spares the receiver of a subscription: a rate, and a breaker that opens while it is down.

alter table serai.subscription add column rate text; -- as the route says it, e.g. 100/s

create table serai.breaker (
  subscription_id integer     primary key,
  state           text        not null, -- closed, open, or half-open: one delivery probes the receiver
  since           timestamptz not null, -- closed since, or not closed since
  opened          integer     not null default 0, -- how many times it has opened
  cause           text,                 -- what the attempt failed with that opened it, or the last probe
  detail          text,
  pause_millis    bigint,               -- from the last failure to the next probe; it grows
  probe_at        timestamptz,
  probe_node      integer,              -- which hub probes
  probe_until     timestamptz           -- when another may, because that one is not heard of
);

comment on table serai.breaker is 'Whether the deliveries of a subscription wait because its receiver is down';
