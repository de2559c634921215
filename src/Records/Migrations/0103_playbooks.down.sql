drop table public.trust_records;
drop table public.playbooks;
