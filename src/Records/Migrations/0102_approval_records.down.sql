drop table public.approval_records;
