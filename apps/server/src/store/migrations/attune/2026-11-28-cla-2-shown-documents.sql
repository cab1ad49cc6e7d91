-- What was on the screen before a practitioner signed: SHA-256 of the notice, of the summary and of the terms of use (DCS-014, DCS-142).
-- Null in consents from before these were kept.
set local role attune_owner;
alter table identity.practitioner_consents
  add column notice_sha256 bytea check (octet_length(notice_sha256) = 32),
  add column summary_sha256 bytea check (octet_length(summary_sha256) = 32),
  add column terms_sha256 bytea check (octet_length(terms_sha256) = 32);
