using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Budgets;
using AwoooP.Client;
using AwoooP.Integrations.Channels;
using AwoooP.Integrations.Commands;
using AwoooP.Integrations.Models;
using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Signing;
using AwoooP.Integrations.Verification;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Silo.Hosting;

/// <summary>
/// Every setting of ours, by its key. Each section is bound where its options are used; this is what their names are compared with.
/// It is a list of its own, since a front reads the same file and binds fewer of them.
/// </summary>
internal sealed record SettingsFile(
    SiloOptions Silo,
    FrontOptions Front,
    ClassifierOptions Classifier,
    ApprovalOptions Approvals,
    BudgetOptions Budgets,
    NotificationOptions Notifications,
    PlaybookOptions Playbooks,
    RunWorkerOptions Worker,
    IntegrationSettings Integrations);

internal sealed record IntegrationSettings(
    OutboundOptions Outbound,
    CommandOptions Commands,
    PrometheusOptions Prometheus,
    WebhookOptions Webhooks,
    AuditSettings Audit,
    SigningOptions Contracts,
    ModelOptions Models);

/// <summary>What two options share a section for.</summary>
internal sealed record AuditSettings(IList<SigningKeyOptions> Keys, string? HeadsFile);
