-- What workspaces have used in a month (UTC), what it costs, and the invoices that were issued.
-- Jobs call the functions; a change of one is a new one beside it.

create schema if not exists billing;

-- The sums of a month. They are set, never added to, so calculating them again changes nothing.
create table billing.usage (
  workspace     text        not null, -- empty if it is not known: that is never invoiced
  period        text        not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'), -- 2026-11
  metric        text        not null, -- tokens, cost, agent_executions ...
  quantity      numeric     not null,
  invoiced      numeric     not null default 0, -- how much of it is in invoices
  calculated_at timestamptz not null default now(), -- when the quantity last changed
  primary key (workspace, period, metric)
) with (fillfactor = 80);

create index usage_to_invoice on billing.usage (workspace, period) where quantity > invoiced;
create index usage_by_period on billing.usage (period, workspace);

-- Of the prices of a metric the one counts that has begun last; one that has ended then is none.
create table billing.price (
  workspace   text    not null default '*', -- * for all that have none of their own
  metric      text    not null,
  valid_from  text    not null check (valid_from ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'), -- the first month
  valid_until text    check (valid_until ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'), -- the last month
  currency    text    not null check (currency ~ '^[a-z]{3}$'),
  amount      numeric not null check (amount >= 0), -- in the currency's minor unit: 0.25 is a quarter of a cent
  per         numeric not null default 1 check (per > 0), -- so many units cost that
  included    numeric not null default 0 check (included >= 0), -- of each month, for nothing
  description text    not null default '', -- on invoices; the metric, if empty
  primary key (workspace, metric, valid_from)
);

create table billing.tax (
  workspace   text    not null default '*', -- * for all that have none of their own
  valid_from  text    not null check (valid_from ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  valid_until text    check (valid_until ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  name        text    not null, -- VAT, GST
  rate        numeric not null check (rate >= 0 and rate <= 100), -- per cent
  primary key (workspace, valid_from)
);

create table billing.party (
  workspace text primary key, -- * for whoever issues the invoices
  name      text not null,
  address   text not null default '', -- lines
  tax_id    text
);

-- The last number of each year; it is taken in the transaction of the invoice, so there are no gaps.
create table billing.invoice_number (
  year integer primary key,
  last integer not null
);

create table billing.invoice (
  number    text        primary key, -- 2026-000123: the year in which it was issued, and a number
  workspace text        not null,
  period    text        not null,
  currency  text        not null,
  subtotal  bigint      not null, -- amounts are in the currency's minor unit
  tax       bigint      not null,
  total     bigint      not null,
  issued_at timestamptz not null,
  event_id  uuid        not null, -- the run that issued it
  unique (workspace, period)
);

create index invoice_by_period on billing.invoice (period);

create table billing.invoice_line (
  number   text    not null references billing.invoice,
  line     integer not null,
  period   text    not null, -- in which it was used; before the invoice's, if it was told late
  metric   text    not null,
  quantity numeric not null, -- that no invoice had before
  included numeric not null, -- of these, for nothing
  billable numeric not null,
  price    numeric not null, -- in the minor unit, for so many:
  per      numeric not null,
  amount   bigint  not null, -- in the minor unit, rounded half up
  primary key (number, line)
);

create index invoice_line_by_usage on billing.invoice_line (metric, period);

comment on table billing.usage is 'What was used, by workspace, month and metric, and how much of it is invoiced';
comment on table billing.price is 'What usage costs';
comment on table billing.tax is 'What is added to invoices';
comment on table billing.party is 'Who issues invoices and who gets them';
comment on table billing.invoice_number is 'The last number of an invoice in each year';
comment on table billing.invoice is 'Invoices that were issued, one of a workspace and month; they never change';
comment on table billing.invoice_line is 'What invoices are made up of';

-- Sets the sums of some workspaces for the months of [since, until), beginning with one of that name.
-- next is the workspace to go on with, or null. What has no facts any more keeps its sum.
create function billing.calculate_1(since date, until date, of_workspace text, first text, page integer)
returns table (next text, workspaces bigint, changed bigint)
language plpgsql as $$
#variable_conflict use_variable
declare
  who text[];
begin
  select array_agg(w order by w) into who from (
    select w from (
      (select d.workspace as w from serai.usage_day d
       where d.workspace >= first and d.day >= since and d.day < until
         and (of_workspace is null or d.workspace = of_workspace)
       group by d.workspace order by d.workspace limit page + 1)
      union
      (select a.workspace from analytics.usage a
       where a.workspace >= first and a.day >= since and a.day < until
         and (of_workspace is null or a.workspace = of_workspace)
       group by a.workspace order by a.workspace limit page + 1)
    ) as either order by w limit page + 1
  ) as page_and_next;
  next := who[page + 1];
  workspaces := least(coalesce(cardinality(who), 0), page);
  with facts as (
    select a.workspace, a.day, a.metric, a.quantity from analytics.usage a
    where a.workspace = any (who[1:page]) and a.day >= since and a.day < until
    union all
    select d.workspace, d.day, m.metric, m.quantity from serai.usage_day d
      cross join lateral (values ('tokens', d.tokens::numeric), ('cost', d.cost)) as m (metric, quantity)
    where d.workspace = any (who[1:page]) and d.day >= since and d.day < until
  ), sums as (
    insert into billing.usage as u (workspace, period, metric, quantity)
    select f.workspace, to_char(f.day, 'YYYY-MM') as month, f.metric, trim_scale(sum(f.quantity))
    from facts f group by 1, 2, 3 having sum(f.quantity) <> 0
    order by 1, 2, 3 -- so that two can't lock each other out
    on conflict on constraint usage_pkey do update
      set quantity = excluded.quantity, calculated_at = now()
      where u.quantity <> excluded.quantity
    returning 1
  )
  select count(*) into changed from sums;
  return next;
end $$;

-- The price of a metric in a month, if it has one.
create function billing.price_1(of_workspace text, of_metric text, of_period text)
returns setof billing.price language sql stable as $$
  select latest.* from (
    select distinct on (p.workspace) p.* from billing.price p
    where p.metric = of_metric and p.workspace in (of_workspace, '*') and p.valid_from <= of_period
    order by p.workspace, p.valid_from desc
  ) as latest
  where latest.valid_until is null or latest.valid_until >= of_period
  order by latest.workspace = '*' limit 1;
$$;

create function billing.tax_1(of_workspace text, of_period text)
returns setof billing.tax language sql stable as $$
  select latest.* from (
    select distinct on (t.workspace) t.* from billing.tax t
    where t.workspace in (of_workspace, '*') and t.valid_from <= of_period
    order by t.workspace, t.valid_from desc
  ) as latest
  where latest.valid_until is null or latest.valid_until >= of_period
  order by latest.workspace = '*' limit 1;
$$;

-- Workspaces behind one of that name that are to get an invoice for a month.
create function billing.due_1(of_period text, of_workspace text, after text)
returns setof text language sql stable as $$
  select distinct u.workspace from billing.usage u
  where u.quantity > u.invoiced and u.workspace > after and u.period <= of_period
    and (of_workspace is null or u.workspace = of_workspace)
    and not exists (
      select from billing.invoice i where i.workspace = u.workspace and i.period = of_period)
    and exists (select from billing.price_1(u.workspace, u.metric, u.period))
  order by u.workspace;
$$;

-- How many decimals a currency's amounts are written with: those of ISO 4217.
create function billing.decimals_1(currency text) returns integer language sql immutable
return case
  when currency in ('bif', 'clp', 'djf', 'gnf', 'isk', 'jpy', 'kmf', 'krw', 'pyg', 'rwf', 'ugx', 'uyi',
    'vnd', 'vuv', 'xaf', 'xof', 'xpf') then 0
  when currency in ('bhd', 'iqd', 'jod', 'kwd', 'lyd', 'omr', 'tnd') then 3
  when currency in ('clf', 'uyw') then 4
  else 2 end;

-- A quotient to the nearest whole number, half up, exactly: a division would round before.
create function billing.nearest_1(dividend numeric, divisor numeric) returns bigint
language sql immutable
return div(2 * dividend + divisor, 2 * divisor)::bigint;

-- Issues the invoice of a workspace for a month, unless there is one or nothing to put in. What was
-- used before and told late is in it as lines of its own. Returns it as JSON.
create function billing.issue_1(of_workspace text, of_period text, run uuid)
returns table (number text, invoice text) language plpgsql as $$
#variable_conflict use_variable
declare
  money text;
  unlike text;
  lines jsonb;
  net bigint;
  added billing.tax;
  duty bigint;
  counted integer;
  issued timestamptz := date_trunc('second', now());
begin
  -- One at a time invoices a workspace: two months must not both take what came late.
  perform pg_advisory_xact_lock(hashtextextended('billing/' || of_workspace, 0));
  if of_workspace = '' or exists (
      select from billing.invoice i where i.workspace = of_workspace and i.period = of_period) then
    return;
  end if;
  perform from billing.usage u where u.workspace = of_workspace and u.period <= of_period
  order by u.period, u.metric for update;
  -- The currency of the month; without usage in it, that of the latest month that has some.
  select min(c), nullif(max(c), min(c)) into money, unlike from (
    select p.currency as c, dense_rank() over (order by u.period desc) as age
    from billing.usage u cross join lateral billing.price_1(u.workspace, u.metric, u.period) p
    where u.workspace = of_workspace and u.period <= of_period and u.quantity > u.invoiced
  ) as prices where age = 1;
  if unlike is not null then
    raise exception 'The prices of % are in % and %; an invoice has one currency', of_workspace, money, unlike;
  end if;
  select jsonb_agg(to_jsonb(l) order by l.line), sum(l.amount)::bigint into lines, net from (
    select row_number() over (order by u.period desc, u.metric) as line,
      concat(case when u.period < of_period then 'Late usage of ' || u.period || ': ' end,
        coalesce(nullif(p.description, ''), u.metric)) as description,
      u.metric, u.period, u.period < of_period as late, q.quantity::text, q.included::text,
      (q.quantity - q.included)::text as billable, trim_scale(p.amount)::text as price,
      trim_scale(p.per)::text as per,
      billing.nearest_1((q.quantity - q.included) * p.amount, p.per) as amount
    from billing.usage u
      cross join lateral billing.price_1(u.workspace, u.metric, u.period) p
      cross join lateral (select trim_scale(u.quantity - u.invoiced) as quantity,
        trim_scale(least(u.quantity - u.invoiced, greatest(p.included - u.invoiced, 0))) as included) q
    where u.workspace = of_workspace and u.period <= of_period and u.quantity > u.invoiced
      and p.currency = money
  ) as l;
  if lines is null then
    return;
  end if;
  select * into added from billing.tax_1(of_workspace, of_period);
  duty := coalesce(billing.nearest_1(net * added.rate, 100), 0);
  insert into billing.invoice_number as n (year, last)
  values (extract(year from issued at time zone 'UTC')::integer, 1)
  on conflict (year) do update set last = n.last + 1
  returning n.year || '-' || lpad(n.last::text, greatest(6, length(n.last::text)), '0') into number;
  insert into billing.invoice (number, workspace, period, currency, subtotal, tax, total, issued_at, event_id)
  values (number, of_workspace, of_period, money, net, duty, net + duty, issued, run);
  insert into billing.invoice_line (number, line, period, metric, quantity, included, billable, price, per, amount)
  select number, l.line, l.period, l.metric, l.quantity, l.included, l.billable, l.price, l.per, l.amount
  from jsonb_to_recordset(lines) as l (line integer, period text, metric text, quantity numeric,
    included numeric, billable numeric, price numeric, per numeric, amount bigint);
  update billing.usage u set invoiced = u.invoiced + l.quantity
  from jsonb_to_recordset(lines) as l (period text, metric text, quantity numeric)
  where u.workspace = of_workspace and u.period = l.period and u.metric = l.metric;
  invoice := jsonb_build_object(
    'number', number, 'workspace', of_workspace, 'period', of_period,
    'issued_at', to_char(issued at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'currency', money, 'decimals', billing.decimals_1(money),
    'issuer', (select to_jsonb(p) - 'workspace' from billing.party p where p.workspace = '*'),
    'customer', (select to_jsonb(p) - 'workspace' from billing.party p where p.workspace = of_workspace),
    'lines', lines, 'subtotal', net,
    'tax', case when added.name is null then null
      else jsonb_build_object('name', added.name, 'rate', trim_scale(added.rate)::text, 'amount', duty) end,
    'total', net + duty)::text;
  return next;
end $$;

-- A number for people: 1,234,567.5
create function billing.shown_1(quantity numeric) returns text language sql immutable
return to_char(trunc(quantity), 'FM999,999,999,999,999,999,999,999,990')
  || coalesce(substring(trim_scale(quantity - trunc(quantity))::text from '[.][0-9]+$'), '');

-- An amount of a currency's minor unit for people: 1,234.50
create function billing.money_1(amount numeric, decimals integer) returns text language sql immutable
return to_char(amount / 10::numeric ^ decimals, 'FM999,999,999,999,999,999,999,999,990'
  || case when decimals > 0 then '.' || repeat('0', decimals) else '' end);

-- What the template of an invoice shows: texts only, and what is missing is left out.
create function billing.view_1(invoice jsonb) returns jsonb language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'number', invoice ->> 'number', 'workspace', invoice ->> 'workspace', 'period', invoice ->> 'period',
    'date', left(invoice ->> 'issued_at', 10), 'currency', upper(invoice ->> 'currency'),
    'issuer', nullif(invoice -> 'issuer', 'null'), 'customer', nullif(invoice -> 'customer', 'null'),
    'lines', (
      select jsonb_agg(jsonb_build_object(
          'description', l ->> 'description',
          'quantity', billing.shown_1((l ->> 'quantity')::numeric),
          'included', billing.shown_1((l ->> 'included')::numeric),
          'billable', billing.shown_1((l ->> 'billable')::numeric),
          'price', case when scale((l ->> 'price')::numeric) = 0
            then billing.money_1((l ->> 'price')::numeric, decimals)
            else billing.shown_1((l ->> 'price')::numeric / 10::numeric ^ decimals) end,
          'per', case when l ->> 'per' <> '1' then billing.shown_1((l ->> 'per')::numeric) end,
          'amount', billing.money_1((l ->> 'amount')::numeric, decimals)
        ) order by (l ->> 'line')::integer)
      from jsonb_array_elements(invoice -> 'lines') as l),
    'subtotal', billing.money_1((invoice ->> 'subtotal')::numeric, decimals),
    'tax', case when jsonb_typeof(invoice -> 'tax') = 'object' then jsonb_build_object(
      'name', invoice -> 'tax' ->> 'name', 'rate', invoice -> 'tax' ->> 'rate',
      'amount', billing.money_1((invoice -> 'tax' ->> 'amount')::numeric, decimals)) end,
    'total', billing.money_1((invoice ->> 'total')::numeric, decimals)))
  from (select (invoice ->> 'decimals')::integer as decimals) as d;
$$;

-- What was used in some months by nobody in particular: 5 agent_executions, 200 tokens; or null.
create function billing.unknown_1(first text, last text) returns text language sql stable
return (select string_agg(billing.shown_1(quantity) || ' ' || metric, ', ' order by metric) from (
  select u.metric, sum(u.quantity) as quantity from billing.usage u
  where u.workspace = '' and u.period between first and last group by u.metric) as sums);
