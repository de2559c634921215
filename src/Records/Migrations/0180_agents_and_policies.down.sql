drop table public.awooop_policy;
drop table public.awooop_agent;
