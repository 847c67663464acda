-- The newest backup that was restored once, or nothing.
select max(name) as name from serai.backup
where kind = cast(:#${variable.keeping.kind} as text) and verified_at is not null
