-- How many people of a service may see its records is a value of the policy; the database knows up to ten numbered seats.
alter table policy.access_grants drop constraint access_grants_seat_check;
alter table policy.access_grants add constraint access_grants_seat_check check (seat between 1 and 10);
