-- Where a service keeps the list that links codes to people, and who keeps it: a label each, never the list (DCS-046).
set local role attune_owner;

alter table policy.services add column link_list_place text check (length(link_list_place) between 3 and 120),
  add column link_list_keeper text check (length(link_list_keeper) between 3 and 120),
  add check ((link_list_place is null) = (link_list_keeper is null));
grant update (link_list_place, link_list_keeper) on policy.services to acting_service_lead;
