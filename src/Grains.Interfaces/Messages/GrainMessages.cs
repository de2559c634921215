using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Audit;
using AwoooP.Brakes;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Deliveries;
using AwoooP.Holds;
using AwoooP.Idempotency;
using AwoooP.Incidents;
using AwoooP.Kpis;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Retention;
using AwoooP.Runs;
using AwoooP.Trust;

namespace AwoooP.Messages;

/// <summary>
/// How calls of the platform's grains look on their way to another process: every type of an argument or an answer as JSON, source generated,
/// and the exceptions that keep their type. A reader passes over members that it does not know, since a newer silo may send some.
/// </summary>
public static class GrainMessages
{
    /// <summary>Knows the arguments and answers of every grain interface, and <see cref="CallContext"/>; nothing by reflection.</summary>
    public static IJsonTypeInfoResolver Resolver { get; } = JsonTypeInfoResolver.Combine(
        CommandMessages.Default,
        AlertMessages.Default,
        IncidentMessages.Default,
        PlaybookMessages.Default,
        TrustMessages.Default,
        ApprovalMessages.Default,
        RunMessages.Default,
        NotificationMessages.Default,
        KpiMessages.Default,
        BrakeMessages.Default,
        OperatorMessages.Default,
        ProjectMessages.Default,
        IdempotencyMessages.Default,
        DeadLetterMessages.Default,
        AuditMessages.Default,
        ContractMessages.Default,
        BudgetMessages.Default,
        LegalHoldMessages.Default,
        RetentionMessages.Default);

    /// <summary>With <see cref="Resolver"/> and the spelling that all silos use. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>What commands promise to throw; any other exception reaches a caller in another process as a fault without a type.</summary>
    public static IReadOnlyList<Runtime.GrainFault> Faults { get; } =
    [
        new("command.overloaded", typeof(CommandOverloadedException), static message => new CommandOverloadedException(message), SaysNotDone: true),
        new("command.unavailable", typeof(CommandUnavailableException), static message => new CommandUnavailableException(message), SaysNotDone: true),
        new("command.outcome_unknown", typeof(CommandOutcomeUnknownException), static message => new CommandOutcomeUnknownException(message)),
        new("command.version_mismatch", typeof(CommandVersionMismatchException), static message => new CommandVersionMismatchException(message), SaysNotDone: true),
        new("command.history_cut", typeof(CommandHistoryCutException), static message => new CommandHistoryCutException(message)),
        new("call.context", typeof(CallContextException), static message => new CallContextException(message)),
    ];

    // All contexts have the same options; those of one context would hold only as long as it is asked alone.
    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(CommandMessages.Default.Options) { TypeInfoResolver = Resolver };
        options.MakeReadOnly();
        return options;
    }
}
