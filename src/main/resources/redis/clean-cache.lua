-- Removes those of the cached values that are of another generation than their workspace, or that have
-- no expiry and were not used for so many seconds; with 'dry' none. Returns their names.
-- ARGV: 'dry' or 'remove', seconds, the key of the generations, what the values' names begin with.
local found = {}
local generations = {}
for _, key in ipairs(KEYS) do
  local segment = string.match(string.sub(key, #ARGV[4] + 1), '^([^:]*):')
  if segment and redis.call('TYPE', key)['ok'] == 'string' then
    if generations[segment] == nil then
      local workspace = string.gsub(string.gsub(segment, '%%3A', ':'), '%%25', '%%')
      generations[segment] = redis.call('HGET', ARGV[3], workspace) or '0'
    end
    local generation = string.match(redis.call('GETRANGE', key, 0, 24), '^(%d+):')
    local old = generation and generation ~= generations[segment]
    if not old and redis.call('PTTL', key) == -1 then
      local idle = redis.pcall('OBJECT', 'IDLETIME', key)
      old = type(idle) == 'number' and idle >= tonumber(ARGV[2])
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
