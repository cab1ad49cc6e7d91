-- The records that wait for their replay, in the order in which they are taken: the next twenty-five are read from this index alone, however many wait.
set local role attune_owner;

drop index answers.records_to_review;
create index records_to_review on answers.records (programme_id, received_at, record_id) where review_state = 'received' and restricted_at is null;
