-- A trigger for Supabase projects: tells the hub of each change of a row, signed as Standard Webhooks says. See supabase.md.
-- pg_net sends convert_to(body::text, 'UTF8'), so a signature over body::text is one over the bytes on the wire.
-- The secret, whsec_<base64>, must be in Vault under the name hub_webhook_secret.
create schema if not exists hub;
create or replace function hub.notify() returns trigger
language plpgsql security definer set search_path = '' as $fn$
declare
  v_secret text;
  v_id     uuid   := gen_random_uuid();
  v_ts     text   := floor(extract(epoch from clock_timestamp()))::bigint::text;
  v_body   jsonb;
  v_sig    text;
begin
  select decrypted_secret into strict v_secret from vault.decrypted_secrets where name = 'hub_webhook_secret';
  v_body := jsonb_build_object(
      'id', v_id, 'type', TG_OP, 'table', TG_TABLE_NAME, 'schema', TG_TABLE_SCHEMA,
      'record',     case when TG_OP = 'DELETE' then null else to_jsonb(NEW) end,
      'old_record', case when TG_OP = 'INSERT' then null else to_jsonb(OLD) end,
      'sent_at', clock_timestamp());
  v_sig := 'v1,' || encode(extensions.hmac(
      convert_to(v_id::text || '.' || v_ts || '.' || v_body::text, 'UTF8'),
      decode(regexp_replace(v_secret, '^(v1,)?whsec_', ''), 'base64'), 'sha256'), 'base64');
  perform net.http_post(
      url := TG_ARGV[0], body := v_body,
      headers := jsonb_build_object('Content-Type', 'application/json', 'webhook-id', v_id::text,
                                    'webhook-timestamp', v_ts, 'webhook-signature', v_sig),
      timeout_milliseconds := 5000);
  return null;                                   -- AFTER trigger: result ignored
end $fn$;
revoke all on function hub.notify() from public, anon, authenticated;
