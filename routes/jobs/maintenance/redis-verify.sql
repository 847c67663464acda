-- Every key of it could be restored.
update serai.backup set verified_at = now() where kind = 'redis' and name = :#${variable.backup}
