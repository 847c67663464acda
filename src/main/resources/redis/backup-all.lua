-- All keys of a pattern as they are at this moment: of each its name, its type, when it expires (in
-- milliseconds since the epoch, -1 for never) and what DUMP says. More than the limit, and it says how many
-- it had found. Redis does nothing else meanwhile.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local names = {}
local seen = {}
local cursor = '0'
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    if not seen[key] then
      seen[key] = true
      names[#names + 1] = key
    end
  end
  if #names > tonumber(ARGV[2]) then
    return {tostring(#names)}
  end
until cursor == '0'
local found = {}
for _, key in ipairs(names) do
  local left = redis.call('PTTL', key)
  if left ~= -2 then
    local expires = left == -1 and '-1' or string.format('%.0f', now + left)
    found[#found + 1] = {key, redis.call('TYPE', key)['ok'], expires, redis.call('DUMP', key)}
  end
end
return found
