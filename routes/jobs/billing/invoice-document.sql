insert into serai.document (kind, workspace, period, data, html, event_id)
values ('invoice', :#${variable.invoiced}, :#${variable.window[period]}, cast(:#${variable.invoice[invoice]} as jsonb),
  :#${body}, cast(:#${variable.event[id]} as uuid))
on conflict (kind, workspace, period) do update
  set data = excluded.data, html = excluded.html, event_id = excluded.event_id, made_at = now()
