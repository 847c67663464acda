-- Reads a session. Unless told only to look, it lives on for its idle time from now.
-- KEYS: the session. ARGV: now, 'touch' or 'look', a new idle time or ''.
local found = redis.call('HMGET', KEYS[1], 'data', 'version', 'active', 'idle', 'ends')
if not found[1] then
  return {}
end
if ARGV[2] == 'touch' then
  if ARGV[3] ~= '' then
    found[4] = ARGV[3]
    redis.call('HSET', KEYS[1], 'idle', ARGV[3])
  end
  local left = tonumber(found[5]) - ARGV[1]
  if left <= 0 then
    redis.call('DEL', KEYS[1])
    return {}
  end
  found[3] = ARGV[1]
  redis.call('HSET', KEYS[1], 'active', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.min(found[4], left)))
end
return found
