-- Once a second for each hub: of the streams of hints of all its subscriptions, forgets what is too old to be
-- believed, by the clock that made the entries' ids, and what a hub has read and not answered for,
-- because it died between the two. Acknowledged and deleted, both or neither: an entry that is only
-- acknowledged would be read by nobody and look like a hint for ever.
--   KEYS    the streams
--   ARGV    the group; the hub's name in it; seconds for which a hint is believed; milliseconds after
--           which a hint that was read is an orphan; how many at a time
local oldest = (tonumber(redis.call('TIME')[1]) - tonumber(ARGV[3])) * 1000
for _, stream in ipairs(KEYS) do
  if redis.call('EXISTS', stream) == 1 and redis.call('XLEN', stream) > 0 then
    redis.call('XTRIM', stream, 'MINID', oldest)
    local claimed = redis.pcall('XAUTOCLAIM', stream, ARGV[1], ARGV[2], ARGV[4], '0', 'COUNT', ARGV[5], 'JUSTID')
    -- Without a group there are no orphans; who reads next makes it.
    if not claimed.err and #claimed[2] > 0 then
      redis.call('XACK', stream, ARGV[1], unpack(claimed[2]))
      redis.call('XDEL', stream, unpack(claimed[2]))
    end
  end
end
return 0
