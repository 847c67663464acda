-- When the secrets of sources were first seen and last used, by all hubs and over their restarts: so
-- one sees how old a secret is, and whether an old one is still in use. A fingerprint tells secrets
-- apart without telling them.
create table serai.secret (
  source        text        not null,
  fingerprint   text        not null,
  first_seen_at timestamptz not null, -- when a hub first had it in its configuration
  last_used_at  timestamptz,          -- when it last verified a request that was answered with 200
  primary key (source, fingerprint)
);

comment on table serai.secret is 'The life of each secret of a source, known by its fingerprint';
