-- What a service's programs asked to be exported, in the manner of Kobo. An order holds how a file is to look and which records belong to it, never the
-- file: that is made from the records anew, and noted as a copy, each time it is fetched.
set local role attune_owner;
create table answers.export_orders (
  service_id text not null references policy.services,
  order_id text not null,
  -- Nothing: for one export, taken out after a day. Otherwise the title of settings that a program fetches by again and again.
  title text,
  options jsonb not null,
  made_at timestamptz not null,
  primary key (service_id, order_id)
);
alter table answers.export_orders enable row level security;
alter table answers.export_orders force row level security;
grant select, insert, delete on answers.export_orders to acting_data_support;
grant update (title, options, made_at) on answers.export_orders to acting_data_support;
create policy own_service on answers.export_orders to acting_data_support
  using (service_id = policy.acting_service()) with check (service_id = policy.acting_service());
