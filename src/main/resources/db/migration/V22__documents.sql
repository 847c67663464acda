-- What jobs write for people and programs: invoices, reports. There is one of each kind, workspace and period.

create table serai.document (
  kind      text        not null, -- invoice, weekly-report
  workspace text        not null, -- * for all of them
  period    text        not null, -- 2026-11, 2026-W47, 2026-11-20
  data      jsonb       not null, -- for programs
  html      text        not null, -- for people
  made_at   timestamptz not null default now(), -- the last time it was written
  event_id  uuid,                 -- the run that wrote it
  primary key (kind, workspace, period)
);

create index document_by_workspace on serai.document (workspace, kind, period);

comment on table serai.document is 'What jobs have written for people and programs, one of a kind, workspace and period';
