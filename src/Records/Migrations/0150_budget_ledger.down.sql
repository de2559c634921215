drop table public.budget_ledger;
