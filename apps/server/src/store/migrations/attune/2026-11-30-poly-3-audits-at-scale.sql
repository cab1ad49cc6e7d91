-- A verdict finds its text, and the list of audits counts verdicts, without walking through every text that was ever read.
set local role attune_owner;

create index texts_by_id on audit.texts (text_id) where chosen;
create index texts_counted on audit.texts (audit_id, verdict) where chosen;
