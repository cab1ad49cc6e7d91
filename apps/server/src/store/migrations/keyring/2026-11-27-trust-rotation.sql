-- A hundred thousand keys are wrapped again within seconds: no index on the epoch to keep up, room on each page for the row's next version, and
-- one look per statement, not per row, whether the epoch still stands.
alter table keyring.client_keys drop constraint client_keys_epoch_fkey;
drop index keyring.client_keys_epoch;
alter table keyring.client_keys set (fillfactor = 45);

create function keyring.check_epoch() returns trigger language plpgsql as $$
begin
  -- The lock holds the epoch in place until this transaction ends.
  perform from keyring.epochs e where e.epoch in (select distinct n.epoch from changed n) for key share;
  if exists (select from changed n where not exists (select from keyring.epochs e where e.epoch = n.epoch)) then
    raise foreign_key_violation using message = 'the epoch has ended', table = 'client_keys';
  end if;
  return null;
end $$;
create trigger check_epoch_new after insert on keyring.client_keys referencing new table as changed for each statement execute function keyring.check_epoch();
create trigger check_epoch_again after update on keyring.client_keys referencing new table as changed for each statement execute function keyring.check_epoch();

create function keyring.check_unused() returns trigger language plpgsql as $$
begin
  if exists (select from keyring.client_keys k where k.epoch in (select e.epoch from ended e)) then
    raise foreign_key_violation using message = 'keys are wrapped by this epoch', table = 'epochs';
  end if;
  return null;
end $$;
create trigger check_unused after delete on keyring.epochs referencing old table as ended for each statement execute function keyring.check_unused();
