-- Removes those of the keys that are streams to which nothing was added for so many seconds (ARGV[2]);
-- with 'dry' (ARGV[1]) none. Returns their names.
local found = {}
local now = tonumber(redis.call('TIME')[1])
for _, key in ipairs(KEYS) do
  if redis.call('TYPE', key)['ok'] == 'stream' then
    local info = redis.call('XINFO', 'STREAM', key)
    local added = 0
    for i = 1, #info, 2 do
      if info[i] == 'last-generated-id' then
        added = math.floor(tonumber(string.match(info[i + 1], '^(%d+)')) / 1000)
      end
    end
    if now - added >= tonumber(ARGV[2]) then
      found[#found + 1] = key
      if ARGV[1] ~= 'dry' then
        redis.call('UNLINK', key)
      end
    end
  end
end
return found
