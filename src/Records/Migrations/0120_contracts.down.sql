drop table public.awooop_contract_signature;
drop table public.awooop_contract_version;
drop table public.awooop_contract;
drop type public.contract_status;
drop type public.contract_kind;
