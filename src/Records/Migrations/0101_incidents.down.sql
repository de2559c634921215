drop table public.incidents;
