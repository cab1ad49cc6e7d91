-- The rooms of the main database, one schema per partition (docs/database.md). Roles are made before migrations run: attune_owner owns
-- everything here and never logs in; attune_app logs in, owns nothing, inherits nothing and takes one acting_… role per transaction.
create schema policy authorization attune_owner;
create schema identity authorization attune_owner;
create schema answers authorization attune_owner;
create schema scores authorization attune_owner;
create schema sums authorization attune_owner;
create schema log authorization attune_owner;

set local role attune_owner;

-- Who is asking, as set by withActor for one transaction. Empty or absent means nobody: every comparison is then null, so false.
create function policy.acting_service() returns text language sql stable
  return nullif(current_setting('app.service', true), '');
create function policy.acting_account() returns uuid language sql stable
  return nullif(current_setting('app.account', true), '')::uuid;
create function policy.acting_purpose() returns text language sql stable
  return nullif(current_setting('app.purpose', true), '');

grant usage on schema policy to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_auditor, acting_analyst, acting_system, acting_door;
grant usage on schema identity to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_system;
grant usage on schema answers to acting_practitioner, acting_data_support, acting_administrator, acting_auditor, acting_system;
grant usage on schema scores to acting_practitioner, acting_data_support, acting_system;
grant usage on schema sums to acting_service_lead, acting_data_support, acting_administrator, acting_analyst, acting_system;
grant usage on schema log to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_auditor, acting_analyst, acting_system, acting_door;
