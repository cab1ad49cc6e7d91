-- Why the clock of a request was stopped or given more time, sealed: what the person was asked, and the reasons for the delay (UK GDPR Article 12(3)).
set local role attune_owner;

alter table rights.requests add column clock_sealed bytea;
