-- Tokens of collecting apps (ODK Collect, KoboCollect): 256 random bits, kept as SHA-256, good for fetching forms and sending records under one
-- grant and for nothing else.
create table accounts.device_tokens (
  device_id uuid primary key,
  digest bytea not null unique,
  account_id uuid not null references accounts.accounts on delete cascade,
  grant_id uuid not null,
  grant_service text not null,
  -- What its owner calls the device.
  name_sealed bytea not null,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_on date,
  ended_at timestamptz
);
create index device_tokens_account on accounts.device_tokens (account_id);
alter table accounts.device_tokens enable row level security, force row level security;
grant select, insert, update, delete on accounts.device_tokens to acting_door;
create policy door on accounts.device_tokens to acting_door using (true) with check (true);
