-- Removes those of the sessions that have no expiry although each has one, and that ended so many
-- seconds ago (ARGV[2]) by what they say themselves; what says nothing, if nobody used it for so long.
-- With 'dry' (ARGV[1]) none. Returns their names.
local found = {}
local time = redis.call('TIME')
local ended = (time[1] - ARGV[2]) * 1000
for _, key in ipairs(KEYS) do
  if redis.call('PTTL', key) == -1 then
    local said = { false, false, false }
    if redis.call('TYPE', key)['ok'] == 'hash' then
      said = redis.call('HMGET', key, 'active', 'idle', 'ends')
    end
    local active, idle, ends = tonumber(said[1]), tonumber(said[2]), tonumber(said[3])
    local old
    if active and idle and ends then
      old = math.min(active + idle, ends) <= ended
    else
      local unused = redis.pcall('OBJECT', 'IDLETIME', key)
      old = type(unused) == 'number' and unused >= tonumber(ARGV[2])
    end
    if old then
      found[#found + 1] = key
      if ARGV[1] ~= 'dry' then
        redis.call('UNLINK', key)
      end
    end
  end
end
return found
