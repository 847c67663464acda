-- Backups that are in the bucket: what is listed, and told to monitors. The bucket is what counts.
create table serai.backup (
  kind        text        not null check (kind in ('database', 'redis')),
  name        text        not null,     -- the slot of its run, as its objects are named
  taken_at    timestamptz not null,     -- the moment that it shows
  finished_at timestamptz not null default now(),
  rows        bigint      not null,     -- or keys
  bytes       bigint      not null,     -- of its objects
  version     text        not null,     -- of the tables; of Redis
  verified_at timestamptz,              -- when it was last restored, and was right
  primary key (kind, name)
);

comment on table serai.backup is 'Backups that are in the bucket';
