-- All before has been looked at; two runs side by side don't take that back.
insert into serai.reconciliation as r (name, until)
select cast(:#${variable.window[name]} as text), cast(cast(:#${variable.window[until]} as text) as timestamptz)
where cast(:#${variable.window[remembered]} as boolean)
on conflict (name) do update set until = greatest(r.until, excluded.until), updated_at = now()
