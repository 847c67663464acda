-- Which change of which table is which event. Add a line for each of yours; a change without a line means nothing.
with meaning (schema_name, table_name, operation, type) as (values
  ('auth',   'users',       'INSERT', 'user.created'),
  ('auth',   'users',       'DELETE', 'user.deleted'),
  ('public', 'foundations', 'INSERT', 'foundation.updated'),
  ('public', 'foundations', 'UPDATE', 'foundation.updated'),
  ('public', 'icps',        'INSERT', 'icp.created'),
  ('public', 'moves',       'INSERT', 'move.started'),
  ('public', 'contents',    'INSERT', 'content.generated'),
  ('public', 'approvals',   'INSERT', 'approval.requested')
), change as (
  select e, coalesce(nullif(e -> 'record', 'null'), e -> 'old_record') as r from cast(# as jsonb) as e
)
select m.type,
  jsonb_build_object('id', r ->> 'id', 'workspace', r ->> 'workspace_id', 'schema', m.schema_name,
    'table', m.table_name, 'operation', m.operation, 'record', e -> 'record',
    'old_record', e -> 'old_record')::text as data
from change join meaning m
  on (m.schema_name, m.table_name, m.operation) = (e ->> 'schema', e ->> 'table', e ->> 'type')
