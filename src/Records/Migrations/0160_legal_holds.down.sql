drop table public.awooop_legal_hold;
