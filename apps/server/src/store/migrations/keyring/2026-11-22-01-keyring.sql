-- The keyring: every key that opens data, wrapped. It is a database of its own and no part of a data backup: a client whose key is
-- gone from here, and whose epoch's key is destroyed, cannot be read from any copy (docs/database.md).
create schema keyring;

-- Key-encryption keys, one per epoch, wrapped by the root key. Deleting one makes everything that it wraps unreadable for ever.
create table keyring.epochs (
  epoch integer primary key check (epoch > 0),
  root_id text not null,
  wrapped bytea not null,
  started_at timestamptz not null default now(),
  -- New keys are wrapped by the one current epoch.
  current boolean not null
);
create unique index epochs_current on keyring.epochs (current) where current;

-- One data key per client.
create table keyring.client_keys (
  service_id text not null,
  client_id uuid not null,
  epoch integer not null references keyring.epochs,
  wrapped bytea not null,
  made_at timestamptz not null default now(),
  primary key (service_id, client_id)
);
create index client_keys_epoch on keyring.client_keys (epoch);

-- Keys of whole partitions: identity, accounts, the keyed hashes that find a client code or an e-mail address again, and the like.
create table keyring.partition_keys (
  partition text primary key,
  epoch integer not null references keyring.epochs,
  wrapped bytea not null,
  made_at timestamptz not null default now()
);

alter table keyring.epochs enable row level security, force row level security;
alter table keyring.client_keys enable row level security, force row level security;
alter table keyring.partition_keys enable row level security, force row level security;

grant usage on schema keyring to acting_keys;
grant select, insert, update, delete on keyring.epochs, keyring.client_keys, keyring.partition_keys to acting_keys;
create policy keys on keyring.epochs to acting_keys using (true) with check (true);
create policy keys on keyring.client_keys to acting_keys using (true) with check (true);
create policy keys on keyring.partition_keys to acting_keys using (true) with check (true);
