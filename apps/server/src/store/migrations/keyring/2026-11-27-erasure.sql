-- What makes an erasure last. An epoch's key is wrapped twice: by the root key and by a secret of its own that a keeper outside the databases
-- holds (a file, or a key management service) and destroys when the epoch ends: no copy of this database opens after that.
alter table keyring.epochs
  -- 'root': made before there were keepers; the next rotation replaces it.
  add column keeper text not null default 'root',
  add column reference text not null default '';

-- Secrets of ended epochs. The row is written together with the end, and the secret is destroyed after it; whoever is interrupted in between
-- is found here and finished.
create table keyring.ended_epochs (
  epoch integer primary key,
  keeper text not null,
  reference text not null,
  ended_at timestamptz not null default now(),
  destroyed_at timestamptz
);

-- Marks of what was erased: HMAC-SHA-256 under a key of their own, so that nobody can be told from them. A restore erases again whatever bears one.
create table keyring.tombstones (
  mark bytea primary key,
  kind text not null check (kind in ('client', 'record', 'practitioner', 'account')),
  made_at timestamptz not null default now()
);
create index tombstones_made on keyring.tombstones (made_at);

alter table keyring.ended_epochs enable row level security, force row level security;
alter table keyring.tombstones enable row level security, force row level security;
grant select, insert, update on keyring.ended_epochs to acting_keys;
-- Nobody takes a mark away again.
grant select, insert on keyring.tombstones to acting_keys;
create policy keys on keyring.ended_epochs to acting_keys using (true) with check (true);
create policy keys on keyring.tombstones to acting_keys using (true) with check (true);
