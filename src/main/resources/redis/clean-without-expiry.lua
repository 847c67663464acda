-- Removes those of the keys that have no expiry and were not used for so many seconds (ARGV[2]); with
-- 'dry' (ARGV[1]) none. Returns their names.
local found = {}
for _, key in ipairs(KEYS) do
  if redis.call('PTTL', key) == -1 then
    -- Under an LFU policy Redis does not know when a key was used last; then it stays.
    local idle = redis.pcall('OBJECT', 'IDLETIME', key)
    if type(idle) == 'number' and idle >= tonumber(ARGV[2]) then
      found[#found + 1] = key
      if ARGV[1] ~= 'dry' then
        redis.call('UNLINK', key)
      end
    end
  end
end
return found
