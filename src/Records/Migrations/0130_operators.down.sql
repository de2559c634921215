drop table public.awooop_role_binding;
drop table public.awooop_operator_key;
drop table public.awooop_operator;
drop type public.operator_role;
