-- Audits check that whoever sends records has signed (DCS-102 to DCS-104): the auditor sees consents for that purpose and for no other.
set local role attune_owner;
grant usage on schema identity to acting_auditor;
grant select on identity.practitioner_consents to acting_auditor;
create policy audit_read on identity.practitioner_consents for select to acting_auditor using (policy.acting_purpose() = 'practitioner-audit');
