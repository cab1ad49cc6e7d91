-- The nomination on whose strength an access was given. It lies in another database and is marked there afterwards; here stands what counts: one
-- nomination gives one access, whatever stops in between.
set local role attune_owner;
alter table policy.access_grants add column nomination_id uuid;
create unique index access_grants_nomination on policy.access_grants (service_id, nomination_id) where nomination_id is not null;
