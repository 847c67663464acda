-- What of the recorded usage of a day goes into the warehouse. Of a day that changes later only what is new is
-- sent, as a part of its own, so that the parts of a day add up to it.
create table analytics.usage_part (
  id        text           primary key, -- what the warehouse knows it by
  workspace text           not null,
  day       date           not null,
  agent     text           not null, -- empty for none
  part      int            not null,
  records   bigint         not null,
  tokens    bigint         not null,
  cost      numeric(30, 9) not null,
  sent_at   timestamptz,             -- null until it is in the warehouse
  unique (workspace, day, agent, part)
);
create index usage_part_unsent on analytics.usage_part (day, id) where sent_at is null;

comment on table analytics.usage_part is 'What of the recorded usage of days went into the warehouse';
