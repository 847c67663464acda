-- Takes from lists of users' sessions those that are not there any more; with 'dry' none. Returns the
-- names of the lists that had any. ARGV: 'dry' or 'remove', what the names of sessions begin with.
local found = {}
for _, key in ipairs(KEYS) do
  if redis.call('TYPE', key)['ok'] == 'zset' then
    local gone = {}
    for _, id in ipairs(redis.call('ZRANGE', key, 0, -1)) do
      if redis.call('EXISTS', ARGV[2] .. id) == 0 then
        gone[#gone + 1] = id
      end
    end
    if #gone > 0 then
      found[#found + 1] = key
      if ARGV[1] ~= 'dry' then
        for _, id in ipairs(gone) do
          redis.call('ZREM', key, id)
        end
      end
    end
  end
end
return found
