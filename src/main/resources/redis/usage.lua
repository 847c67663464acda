-- Keeps what PostgreSQL said last of a workspace's month. Answers may overtake each other: the number
-- of records and the version of the limit only grow, so what has less is old.
--
-- KEYS[1] the hash
-- ARGV    records, tokens, cost, version of the limit, its tokens, its cost, milliseconds to live
local known = redis.call('HMGET', KEYS[1], 'records', 'version')
if not known[1] or tonumber(ARGV[1]) >= tonumber(known[1]) then
  redis.call('HSET', KEYS[1], 'records', ARGV[1], 'tokens', ARGV[2], 'cost', ARGV[3])
end
if not known[2] or tonumber(ARGV[4]) >= tonumber(known[2]) then
  redis.call('HSET', KEYS[1], 'version', ARGV[4], 'limit_tokens', ARGV[5], 'limit_cost', ARGV[6])
end
redis.call('PEXPIRE', KEYS[1], ARGV[7])
return 1
