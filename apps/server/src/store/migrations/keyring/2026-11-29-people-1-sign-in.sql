-- A sign-in that was removed because its owner had left stays removed after a restore; stamps on records keep their own time, so it is no `account`.
alter table keyring.tombstones drop constraint tombstones_kind_check;
alter table keyring.tombstones add constraint tombstones_kind_check check (kind in ('client', 'record', 'practitioner', 'account', 'sign-in'));
