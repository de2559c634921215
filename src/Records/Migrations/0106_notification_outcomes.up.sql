create table public.notification_outcomes (
    outcome_id bigint not null,
    project_id varchar(64) collate "C" not null default 'awoooi',
    notification_id uuid not null,
    incident_id text,
    approval_id text,
    channel text not null,
    notification_type text,
    recipient text,
    message_id text,
    sent_at timestamptz not null default now(),
    delivery_status text not null,
    delivery_error text,
    user_action text,
    user_action_at timestamptz,
    user_comment text,
    snoozed_count integer not null default 0,
    time_to_action_sec integer,
    metadata jsonb not null default '{}',
    primary key (project_id, outcome_id),
    constraint ux_notification_outcomes_notification_id unique (project_id, notification_id),
    constraint notif_channel_valid check (channel in ('telegram', 'email', 'slack', 'webhook', 'sms', 'discord')),
    constraint notif_delivery_valid check (delivery_status in ('delivered', 'failed', 'pending', 'rate_limited'))
);

create index idx_notification_outcomes_sent on public.notification_outcomes (sent_at desc);
create index idx_notification_outcomes_incident on public.notification_outcomes (incident_id) where incident_id is not null;
create index idx_notification_outcomes_approval on public.notification_outcomes (approval_id) where approval_id is not null;
create index idx_notification_outcomes_pending_action on public.notification_outcomes (sent_at desc)
    where user_action is null and delivery_status = 'delivered';
-- The tenant's index, in the order of the list that reads it.
create index ix_notification_outcomes_project_id on public.notification_outcomes (project_id, sent_at desc, outcome_id desc);

select public.protect_tenant_table('public.notification_outcomes', 'select, insert, update');

comment on table public.notification_outcomes is 'Each notification, whether it arrived and what the person did (KPI 10).';
comment on column public.notification_outcomes.outcome_id is 'From the position of the event that queued it: seq * 65536 + partition';
comment on column public.notification_outcomes.project_id is 'Tenant; row-level security';
comment on column public.notification_outcomes.notification_id is 'The id that the receiver tells doubles by';
comment on column public.notification_outcomes.channel is 'telegram, email, slack or webhook; also sms, discord';
comment on column public.notification_outcomes.notification_type is 'TYPE-1, 2, 3, 4, 4D, 5S, 6B, 7E or 8M';
comment on column public.notification_outcomes.recipient is 'Chat id, e-mail address, user or name of a webhook';
comment on column public.notification_outcomes.message_id is 'The channel''s own id, e.g. of the Telegram message';
comment on column public.notification_outcomes.sent_at is 'When it was queued; once delivered or failed, when that was';
comment on column public.notification_outcomes.delivery_status is 'delivered, failed or pending; also rate_limited';
comment on column public.notification_outcomes.user_action is 'approved, rejected, silenced, ignored or no_response';
comment on column public.notification_outcomes.time_to_action_sec is 'Seconds from receipt to the button press';
