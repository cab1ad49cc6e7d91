-- Programs of a service that are told when a record came, changed or went. What waits to be told is written by a trigger in the transaction that
-- changes the record, whoever changes it; a job sends it. It says which record and what happened to it, never an answer.
create schema hooks authorization attune_owner;
set local role attune_owner;

create table hooks.webhooks (
  service_id text not null,
  webhook_id uuid not null,
  kinds text[] not null check (cardinality(kinds) > 0 and kinds <@ array['record.created', 'record.changed', 'record.erased']),
  -- The address and the secret that messages are signed with.
  sealed bytea not null,
  made_by uuid not null,
  made_at timestamptz not null,
  stopped_at timestamptz,
  primary key (service_id, webhook_id)
);
create table hooks.deliveries (
  service_id text not null,
  delivery_id uuid not null default gen_random_uuid(),
  webhook_id uuid not null,
  kind text not null check (kind in ('record.created', 'record.changed', 'record.erased', 'test')),
  -- A random id; it says nothing about a person, and after an erasure it leads nowhere.
  record_id uuid check ((record_id is null) = (kind = 'test')),
  occurred_at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given-up')),
  tries integer not null default 0,
  -- Nothing: at once.
  next_at timestamptz,
  -- What the other side answered last, or a word for why it could not be asked.
  status integer,
  because text,
  ended_at timestamptz check ((ended_at is null) = (state = 'waiting')),
  primary key (service_id, delivery_id),
  foreign key (service_id, webhook_id) references hooks.webhooks
);
create index on hooks.deliveries (next_at nulls first) where state = 'waiting';
create index on hooks.deliveries (service_id, webhook_id, occurred_at desc);

alter table hooks.webhooks enable row level security, force row level security;
alter table hooks.deliveries enable row level security, force row level security;
grant usage on schema hooks to acting_administrator, acting_system;
grant select, insert on hooks.webhooks to acting_administrator;
grant update (stopped_at) on hooks.webhooks to acting_administrator, acting_system;
grant select on hooks.webhooks to acting_system;
grant select, insert on hooks.deliveries to acting_administrator;
grant select, update, delete on hooks.deliveries to acting_system;
create policy operator on hooks.webhooks to acting_administrator using (true) with check (true);
create policy system on hooks.webhooks to acting_system using (true) with check (true);
create policy operator_read on hooks.deliveries for select to acting_administrator using (true);
create policy operator_test on hooks.deliveries for insert to acting_administrator with check (kind = 'test');
create policy system on hooks.deliveries to acting_system using (true) with check (true);
create policy telling on hooks.webhooks for select to attune_owner using (true);
create policy telling on hooks.deliveries for insert to attune_owner with check (true);

-- Runs as the owner: whoever sends a record does not see which programs are told of it. A record counts as changed when its sealed content is
-- another one; holds, reviews and places of a replay are nobody else's business.
create function hooks.tell() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from hooks.webhooks where stopped_at is null) then return null; end if;
  if tg_op = 'INSERT' then
    insert into hooks.deliveries (service_id, webhook_id, kind, record_id)
    select r.service_id, w.webhook_id, 'record.created', r.record_id from came_rows r
    join hooks.webhooks w on w.service_id = r.service_id and w.stopped_at is null and 'record.created' = any (w.kinds);
  elsif tg_op = 'UPDATE' then
    insert into hooks.deliveries (service_id, webhook_id, kind, record_id)
    select r.service_id, w.webhook_id, 'record.changed', r.record_id from came_rows r
    join gone_rows g on g.service_id = r.service_id and g.record_id = r.record_id and (g.answers_sealed <> r.answers_sealed or g.xml_sealed <> r.xml_sealed)
    join hooks.webhooks w on w.service_id = r.service_id and w.stopped_at is null and 'record.changed' = any (w.kinds);
  else
    insert into hooks.deliveries (service_id, webhook_id, kind, record_id)
    select r.service_id, w.webhook_id, 'record.erased', r.record_id from gone_rows r
    join hooks.webhooks w on w.service_id = r.service_id and w.stopped_at is null and 'record.erased' = any (w.kinds);
  end if;
  return null;
end $$;
revoke all on function hooks.tell() from public;
create trigger tell_created after insert on answers.records referencing new table as came_rows for each statement execute function hooks.tell();
create trigger tell_changed after update on answers.records referencing old table as gone_rows new table as came_rows for each statement execute function hooks.tell();
create trigger tell_erased after delete on answers.records referencing old table as gone_rows for each statement execute function hooks.tell();
