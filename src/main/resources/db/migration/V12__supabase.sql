-- What the routes for Supabase know.

create schema if not exists supabase;

create table supabase.failed_attempt (
  hook    text        not null, -- mfa-verification or password-verification
  user_id text        not null,
  at      timestamptz not null
);

create index failed_attempt_by_user on supabase.failed_attempt (hook, user_id, at);
create index failed_attempt_by_age on supabase.failed_attempt (at);

comment on table supabase.failed_attempt is 'Failed attempts of users, for the answer to the next; a success forgets them';
