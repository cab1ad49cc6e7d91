-- The sign-in of an organisation (OpenID Connect). An account is connected to one person there, who is known by a keyed hash of issuer and subject:
-- neither is readable here, and no e-mail address takes part.
create table accounts.provider_links (
  account_id uuid primary key references accounts.accounts on delete cascade,
  subject_digest bytea not null unique,
  made_at timestamptz not null,
  used_at timestamptz
);

-- People who are on their way there: what their answer has to fit (state, nonce, PKCE verifier), sealed, under the digest of a cookie. Used once, gone
-- after ten minutes.
create table accounts.provider_visits (
  digest bytea primary key,
  sealed bytea not null,
  ends_at timestamptz not null
);

do $$
declare t text;
begin
  foreach t in array array['provider_links', 'provider_visits'] loop
    execute format('alter table accounts.%I enable row level security, force row level security', t);
    execute format('grant select, insert, update, delete on accounts.%I to acting_door', t);
    execute format('create policy door on accounts.%I to acting_door using (true) with check (true)', t);
  end loop;
end $$;

alter table accounts.sessions drop constraint sessions_factor_check;
alter table accounts.sessions add constraint sessions_factor_check check (factor in ('totp', 'passkey', 'recovery', 'demo', 'provider'));
