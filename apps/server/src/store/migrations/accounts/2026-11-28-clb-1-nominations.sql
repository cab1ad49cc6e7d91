-- Nominations: a service puts somebody forward to look after its data, before anybody gives that person access (DCS-077). Who that is, and what
-- their work is, belongs with the accounts and is sealed.
create table accounts.nominations (
  nomination_id uuid primary key,
  service_id text not null,
  email_hash bytea not null,
  -- E-mail address, name and job title, as one text.
  sealed bytea not null,
  nominated_by uuid not null,
  nominated_at timestamptz not null,
  -- Set when access was given on the strength of it: the account that got it, and by which grant.
  account_id uuid references accounts.accounts on delete cascade,
  grant_id uuid,
  given_at timestamptz
);
create unique index nominations_open on accounts.nominations (service_id, email_hash) where given_at is null;
create index nominations_account on accounts.nominations (account_id) where account_id is not null;
alter table accounts.nominations enable row level security, force row level security;
grant select, insert, update, delete on accounts.nominations to acting_door;
create policy door on accounts.nominations to acting_door using (true) with check (true);

-- The platform's own notice about accounts: which edition the owner has read, and when (DCS-113).
alter table accounts.accounts add column notice_edition text, add column notice_at timestamptz;
