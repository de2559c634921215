drop table public.awooop_feature_flag;
drop table public.awooop_quota;
drop table public.awooop_project;
