-- Who may approve putting a backup back: names and public keys of the people to whom it and its keys were sealed. They travel with the backup.
set local role attune_owner;
alter table policy.restorations add column people jsonb not null default '[]';
