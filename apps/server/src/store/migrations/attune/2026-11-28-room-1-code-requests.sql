-- A practitioner who has lost a client's code asks for it by the day of the session. Data support of the service answers first, the operator
-- after some working days. The answer is the client's random id: the code is opened from it when it is read, and an erasure takes it away.
set local role attune_owner;

create table identity.code_requests (
  service_id text not null,
  request_id uuid not null,
  reference text not null,
  practitioner_id uuid not null,
  account_id uuid not null,
  session_on date not null,
  asked_at timestamptz not null,
  -- From this day on the operator sees it too.
  operator_on date not null,
  state text not null default 'waiting' check (state in ('waiting', 'found', 'none')),
  client_id uuid,
  answered_at timestamptz,
  answered_by uuid,
  primary key (service_id, request_id),
  foreign key (service_id, practitioner_id) references identity.practitioners,
  foreign key (service_id, client_id) references answers.clients on delete set null (client_id),
  check ((state = 'waiting') = (answered_at is null)),
  check (client_id is null or state = 'found')
);
create unique index code_requests_reference on identity.code_requests (reference);
create unique index code_requests_waiting on identity.code_requests (service_id, practitioner_id, session_on) where state = 'waiting';
create index code_requests_account on identity.code_requests (account_id, asked_at desc);
create index code_requests_client on identity.code_requests (service_id, client_id);

alter table identity.code_requests enable row level security;
alter table identity.code_requests force row level security;

grant select on identity.code_requests to acting_practitioner, acting_data_support, acting_administrator;
grant update (state, client_id, answered_at, answered_by) on identity.code_requests to acting_data_support, acting_administrator;
grant select, insert, update, delete on identity.code_requests to acting_system;
create policy self on identity.code_requests for select to acting_practitioner
  using (service_id = policy.acting_service() and account_id = policy.acting_account());
create policy own_service on identity.code_requests to acting_data_support
  using (service_id = policy.acting_service() and policy.acting_purpose() is not null) with check (service_id = policy.acting_service());
create policy operator on identity.code_requests to acting_administrator using (policy.acting_purpose() is not null) with check (true);
create policy system on identity.code_requests to acting_system using (true) with check (true);
