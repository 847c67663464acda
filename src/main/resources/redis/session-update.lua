-- Replaces what a session has, if nobody else did since it was read. Its idle time begins anew.
-- KEYS: the session. ARGV: the version that was read, data, now.
-- Returns the new version, -1 if there is none any more, -2 if it has another version.
local found = redis.call('HMGET', KEYS[1], 'version', 'idle', 'ends')
if not found[1] then
  return -1
end
if found[1] ~= ARGV[1] then
  return -2
end
local left = tonumber(found[3]) - ARGV[3]
if left <= 0 then
  redis.call('DEL', KEYS[1])
  return -1
end
redis.call('HSET', KEYS[1], 'data', ARGV[2], 'active', ARGV[3])
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.min(found[2], left)))
return redis.call('HINCRBY', KEYS[1], 'version', 1)
