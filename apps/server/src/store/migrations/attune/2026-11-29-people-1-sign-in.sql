-- A sign-in whose owner has left is removed by the clock. `sign-in` notes that it is to be closed in the accounts database.
alter table rights.erasures drop constraint erasures_kind_check;
alter table rights.erasures add constraint erasures_kind_check check (kind in ('client', 'practitioner', 'record', 'spent', 'sign-in'));
-- The last role that somebody had, whether it runs or has ended.
create index access_grants_of on policy.access_grants (account_id, ended_at);
