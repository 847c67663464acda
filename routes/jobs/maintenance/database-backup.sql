-- The backup is in the bucket; a second attempt that finds it there notes the same.
insert into serai.backup (kind, name, taken_at, rows, bytes, version)
values ('database', :#${variable.backup}, cast(:#${variable.manifest.takenAt} as timestamptz),
  :#${variable.manifest.rows}, :#${variable.manifest.size}, :#${variable.manifest.migration})
on conflict (kind, name) do nothing
