-- The review of an access: when it was opened, and when it was told that its day has passed (DCS-070). Both are forgotten when somebody has looked.
set local role attune_owner;
alter table policy.access_grants add column review_opened_at timestamptz, add column review_late_at timestamptz;
create index access_grants_review on policy.access_grants (review_on) where ended_at is null and review_on is not null;
