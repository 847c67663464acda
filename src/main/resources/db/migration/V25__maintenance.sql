-- What is old is found without looking at all workspaces.
create index execution_by_age on analytics.execution (happened_at);
create index content_by_age on analytics.content (happened_at);

-- A time as JSON has it, whatever the session's time zone is.
create function serai.rfc3339_1(at timestamptz) returns text language sql stable
return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
