-- The backup is in the bucket.
insert into serai.backup (kind, name, taken_at, rows, bytes, version)
values ('redis', :#${variable.backup}, cast(:#${variable.written.at} as timestamptz),
  :#${variable.written.keys}, :#${variable.written.bytes}, :#${variable.written.redis})
on conflict (kind, name) do update set taken_at = excluded.taken_at, rows = excluded.rows, bytes = excluded.bytes
