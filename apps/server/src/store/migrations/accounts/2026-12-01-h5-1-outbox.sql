-- A letter lies in the outbox before a mail server is asked to take it, and is offered again, ever less often, until one does.
alter table accounts.outbox add column tries integer not null default 0, add column try_at timestamptz;
create index outbox_waiting on accounts.outbox (written_at) where sent_at is null;
