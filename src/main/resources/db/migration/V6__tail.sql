-- Whoever follows the log needs to know which events he has not seen yet. Ids don't tell: they are made before the
-- commit, by several hubs. The transaction does, with a snapshot; docs/decisions/0017 explains it. Events from before this
-- column, and no others, have none.
alter table serai.event add column tx xid8;
alter table serai.event alter column tx set default pg_current_xact_id();

comment on column serai.event.tx is 'The transaction that appended it: with a snapshot it tells whether it was visible then';
