-- Keys as they are at this moment: of each its type, when it expires (in milliseconds since the epoch,
-- -1 for never) and what DUMP says. Of one that is gone nothing.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local found = {}
for i, key in ipairs(KEYS) do
  local dump = redis.call('DUMP', key)
  if dump then
    local left = redis.call('PTTL', key)
    local expires = '-1'
    if left >= 0 then
      expires = string.format('%.0f', now + left)
    end
    found[i] = {redis.call('TYPE', key)['ok'], expires, dump}
  else
    found[i] = {}
  end
end
return found
