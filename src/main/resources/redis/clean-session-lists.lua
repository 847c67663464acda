-- Takes from lists of users' sessions those that are not there any more; with 'dry' none. Returns the
-- name of a list and a session for each. ARGV: 'dry' or 'remove', what the names of sessions begin with.
local found = {}
for _, key in ipairs(KEYS) do
  if redis.call('TYPE', key)['ok'] == 'zset' then
    for _, id in ipairs(redis.call('ZRANGE', key, 0, -1)) do
      if redis.call('EXISTS', ARGV[2] .. id) == 0 then
        found[#found + 1] = key .. ' ' .. id
        if ARGV[1] ~= 'dry' then
          redis.call('ZREM', key, id)
        end
      end
    end
  end
end
return found
