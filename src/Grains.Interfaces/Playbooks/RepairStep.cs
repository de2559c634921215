using System.Text.Json;
using System.Text.Json.Serialization;

namespace AwoooP.Playbooks;

/// <summary>One step of a repair. The kinds are closed: an unknown <c>kind</c> is refused at the door.</summary>
/// <remarks>
/// The setters put in the defaults: generated JSON readers set every <c>init</c> property, those that the text leaves out to zero or null.
/// So 0 stands for the default of a number.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CommandStep), "command")]
[JsonDerivedType(typeof(HttpStep), "http")]
[JsonDerivedType(typeof(WaitStep), "wait")]
[JsonDerivedType(typeof(VerifyStep), "verify")]
[JsonDerivedType(typeof(ModelStep), "model")]
public abstract record RepairStep
{
    /// <summary>What it is called in the plan and the timeline; 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Seconds after which the step has failed; 1 to 3600.</summary>
    public int TimeoutSeconds { get; init => field = value == 0 ? 60 : value; } = 60;

    /// <summary>
    /// Whether the step may be run again when it is not known if its effect happened (a silo died in the middle).
    /// If not, such a run fails with <c>E-STEP-INTERRUPTED</c> and a person looks.
    /// </summary>
    public bool Idempotent { get; init; }

    /// <summary>What undoes the step's effect; run in reverse order when a later step fails.</summary>
    public RepairStep? Rollback { get; init; }
}

/// <summary>Runs an allow-listed local program with arguments; never a shell.</summary>
public sealed record CommandStep : RepairStep
{
    /// <summary>The program's name in the allow list of the executor, not a path.</summary>
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init => field = value ?? []; } = [];

    /// <summary>Arguments for a dry run; null when the program has none, and a dry run only checks the allow list.</summary>
    public IReadOnlyList<string>? DryRunArguments { get; init; }
}

/// <summary>Sends one HTTP request to an allow-listed origin.</summary>
public sealed record HttpStep : RepairStep
{
    public string Method { get; init => field = value ?? "POST"; } = "POST";
    public required string Url { get; init; }
    public string? Body { get; init; }
    public string ContentType { get; init => field = value ?? "application/json"; } = "application/json";

    /// <summary>Status codes that count as success; empty means 200 to 299.</summary>
    public IReadOnlyList<int> ExpectedStatus { get; init => field = value ?? []; } = [];
}

/// <summary>Lets time pass, durably.</summary>
public sealed record WaitStep : RepairStep
{
    /// <summary>1 to 3600.</summary>
    public required int Seconds { get; init; }
}

/// <summary>Checks that the repair helped: a PromQL condition or an HTTP check, tried until it holds or the step times out.</summary>
public sealed record VerifyStep : RepairStep
{
    /// <summary>A PromQL expression that returns a non-empty vector when the condition holds.</summary>
    public string? PromQl { get; init; }

    /// <summary>An URL that must answer with <c>expected_status</c>.</summary>
    public string? Url { get; init; }

    /// <summary>The status that the URL must answer with; 100 to 599, 200 when absent.</summary>
    public int ExpectedStatus { get; init => field = value == 0 ? 200 : value; } = 200;

    /// <summary>Seconds between two tries; 1 to 60.</summary>
    public int IntervalSeconds { get; init => field = value == 0 ? 2 : value; } = 2;

    /// <summary>How many tries in a row must hold; 1 to 10.</summary>
    public int Consecutive { get; init => field = value == 0 ? 1 : value; } = 1;
}

/// <summary>Asks a model on the terms of an agent's contract. It changes nothing, so it may be asked again.</summary>
public sealed record ModelStep : RepairStep
{
    /// <summary>The agent: the name of a contract of kind agent that is in force. Its models, limits and answer schema hold.</summary>
    public required string Agent { get; init; }

    /// <summary>What is asked; 1 to 8,192 characters. It is redacted before it is sent.</summary>
    public required string Prompt { get; init; }

    /// <summary>The answer by rules, for when no model gives one or nothing may be spent: JSON that fits the agent's answer schema; at most 8,192 characters.</summary>
    public required JsonElement Fallback { get; init; }
}
