-- The domains of a service's work addresses (DCS-100). Empty: any address that is not a private mailbox.
set local role attune_owner;
alter table policy.services add column email_domains text[] not null default '{}';
