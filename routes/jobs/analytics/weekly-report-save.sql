-- A report that says the same is left alone, and so is one that knew of executions which are deleted now.
insert into serai.document as d (kind, workspace, period, data, html, event_id)
select 'weekly-report', cast(:#${variable.workspace} as text), cast(:#${variable.week[period]} as text),
  cast(:#${variable.data} as jsonb), cast(:#${body} as text), cast(:#${variable.event[id]} as uuid)
on conflict (kind, workspace, period) do update set data = excluded.data, html = excluded.html, made_at = now(),
  event_id = excluded.event_id
where (d.data, d.html) is distinct from (excluded.data, excluded.html)
  and ((excluded.data ->> 'complete')::boolean
    or (excluded.data -> 'totals' -> 'executions' ->> 'value')::numeric
      >= (d.data -> 'totals' -> 'executions' ->> 'value')::numeric)
