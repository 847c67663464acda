-- Who changed what through the API. A row is written before its call is made and completed at the
-- end: one without status tells of a call that began and of which nobody knows how it ended.
create table serai.audit (
  id         uuid        primary key,
  at         timestamptz not null,
  key        text        not null, -- the name of the API key
  role       text        not null,
  remote     text        not null,
  method     text        not null,
  path       text        not null,
  parameters jsonb       not null, -- values that could be secrets are replaced
  request_id text,
  status     integer,
  detail     text                  -- why it was refused
);

create index audit_by_key on serai.audit (key, id);

comment on table serai.audit is 'Changing calls of the API, also refused ones';
