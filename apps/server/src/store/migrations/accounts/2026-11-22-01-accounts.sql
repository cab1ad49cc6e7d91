-- Accounts: how people sign in, and nothing about what they do. E-mail addresses and names are sealed, and an address is found again by a
-- keyed hash (DCS-097). Only the door reaches these tables.
create schema accounts;

create table accounts.accounts (
  account_id uuid primary key,
  email_hash bytea not null unique,
  -- E-mail address, name and, in a demo, what the person is like: sealed as one text.
  sealed bytea not null,
  password_hash text,
  password_at timestamptz,
  -- Set for the synthetic people of a demo: one click signs in, and nobody else may.
  demo_person text unique,
  disabled_at timestamptz,
  made_at timestamptz not null
);

create table accounts.totp_factors (
  account_id uuid primary key references accounts.accounts on delete cascade,
  -- The secret in use; null until the first code proved that the app has it.
  sealed_secret bytea,
  confirmed_at timestamptz,
  -- The secret being set up, which replaces the one in use when its first code arrives.
  sealed_pending bytea,
  -- The time step of the last accepted code: each code works once (ASVS 6.5.1).
  last_step bigint not null default 0,
  begun_at timestamptz
);

create table accounts.recovery_codes (
  account_id uuid not null references accounts.accounts on delete cascade,
  digest bytea not null,
  used_at timestamptz,
  primary key (account_id, digest)
);

create table accounts.passkeys (
  credential_id text primary key,
  account_id uuid not null references accounts.accounts on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name_sealed bytea not null,
  made_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_account on accounts.passkeys (account_id);

-- WebAuthn challenges: used once, gone after five minutes.
create table accounts.challenges (
  challenge_id uuid primary key,
  kind text not null check (kind in ('sign-in', 'enrol')),
  account_id uuid references accounts.accounts on delete cascade,
  challenge text not null,
  ends_at timestamptz not null
);

create table accounts.sessions (
  -- SHA-256 of the cookie's token: the database never holds what would sign somebody in.
  digest bytea primary key,
  account_id uuid not null references accounts.accounts on delete cascade,
  assurance text not null check (assurance in ('password', 'second-factor')),
  -- How the second step was passed, for the log.
  factor text check (factor in ('totp', 'passkey', 'recovery', 'demo')),
  grant_id uuid,
  grant_service text,
  begun_at timestamptz not null,
  -- When the person last proved who they are; sensitive acts ask for less than five minutes.
  confirmed_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index sessions_account on accounts.sessions (account_id);
create index sessions_end on accounts.sessions (ends_at);

create table accounts.invitations (
  invitation_id uuid primary key,
  token_digest bytea not null unique,
  email_hash bytea not null,
  sealed_email bytea not null,
  role text not null,
  service_id text not null,
  invited_by uuid,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index invitations_open on accounts.invitations (service_id) where used_at is null and revoked_at is null;

-- Counts of tries per door and per account or address, both as keyed hashes. Unlogged: a crash forgives, nothing else does.
create unlogged table accounts.tries (
  door text not null,
  subject bytea not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (door, subject)
);

-- Letters that no mail server took: shown in the demo, sealed like everything about people.
create table accounts.outbox (
  letter_id uuid primary key,
  sealed bytea not null,
  written_at timestamptz not null,
  sent_at timestamptz
);

do $$
declare t text;
begin
  foreach t in array array['accounts', 'totp_factors', 'recovery_codes', 'passkeys', 'challenges', 'sessions', 'invitations', 'tries', 'outbox'] loop
    execute format('alter table accounts.%I enable row level security, force row level security', t);
    execute format('grant select, insert, update, delete on accounts.%I to acting_door', t);
    execute format('create policy door on accounts.%I to acting_door using (true) with check (true)', t);
  end loop;
end $$;
grant usage on schema accounts to acting_door;
