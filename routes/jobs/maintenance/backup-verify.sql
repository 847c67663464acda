-- It was restored, and was right. The list may not know it: it may be from before a restoration.
insert into serai.backup as b (kind, name, taken_at, rows, bytes, version, verified_at)
values ('database', :#${variable.backup}, cast(:#${variable.manifest.takenAt} as timestamptz),
  :#${variable.manifest.rows}, :#${variable.manifest.size}, :#${variable.manifest.migration}, now())
on conflict (kind, name) do update set verified_at = excluded.verified_at
