using System.Text.Json.Serialization;
using AwoooP.Approvals;
using AwoooP.Events;

namespace AwoooP.Playbooks;

/// <summary>What a playbook is for and what it does. Texts in steps may name labels of the alert as <c>{{label_name}}</c>.</summary>
/// <remarks>Defaults are put in as in <see cref="RepairStep"/>.</remarks>
public sealed record PlaybookDefinition
{
    /// <summary>1 to 256 characters.</summary>
    public required string Name { get; init; }

    public string Description { get; init => field = value ?? ""; } = "";
    public required PlaybookMatch Match { get; init; }

    /// <summary>1 to 50.</summary>
    public required IReadOnlyList<RepairStep> Steps { get; init; }

    public RiskLevel Risk { get; init => field = value == default ? RiskLevel.Medium : value; } = RiskLevel.Medium;

    /// <summary>auto, standard (1 vote) or critical (2 votes).</summary>
    public ApprovalLevel RequiresApproval { get; init => field = value == default ? ApprovalLevel.Standard : value; } = ApprovalLevel.Standard;

    public AutonomyLevel Autonomy { get; init => field = value == default ? AutonomyLevel.L3 : value; } = AutonomyLevel.L3;

    /// <summary>Names the kind of action for trust, e.g. <c>restart:{{service}}</c>; at most 255 characters.</summary>
    public required string ActionPattern { get; init; }

    public int EstimatedDurationMinutes { get; init => field = value == 0 ? 5 : value; } = 5;
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];
    public string? Notes { get; init; }
}

/// <summary>Which alerts a playbook is for. All parts given must hold.</summary>
public sealed record PlaybookMatch
{
    /// <summary>Exact alert names, at least one.</summary>
    public required IReadOnlyList<string> AlertNames { get; init; }

    /// <summary>Labels that must have exactly these values.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}

[JsonConverter(typeof(SnakeCaseEnumConverter<PlaybookStatus>))]
public enum PlaybookStatus
{
    None = 0,
    Draft,
    Approved,
    Active,
    Archived,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<PlaybookSource>))]
public enum PlaybookSource
{
    None = 0,
    Extracted,
    Human,
    Imported,
    Evolved,
}

/// <summary>L1 observes, L2 suggests, L3 executes after approval. L4 (execution without approval) is not offered yet.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AutonomyLevel>))]
public enum AutonomyLevel
{
    None = 0,
    L1,
    L2,
    L3,
}
