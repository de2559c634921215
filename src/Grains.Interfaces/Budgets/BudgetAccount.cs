namespace AwoooP.Budgets;

/// <summary>The accounts of a project, as the key of each in it.</summary>
public static class BudgetAccount
{
    public const string Project = "project";
    private const string AgentPrefix = "agent:";
    private const string IncidentPrefix = "incident:";
    private const string RunPrefix = "run:";

    public static string OfAgent(string agentId) => AgentPrefix + agentId;

    public static string OfIncident(string incidentId) => IncidentPrefix + incidentId;

    public static string OfRun(Guid runId) => $"{RunPrefix}{runId}";

    /// <summary>What the account of an agent, incident or run is of: its id.</summary>
    public static string IdOf(string account) => account[(account.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static bool IsRun(string account) => account.StartsWith(RunPrefix, StringComparison.Ordinal);

    public static bool IsIncident(string account) => account.StartsWith(IncidentPrefix, StringComparison.Ordinal);

    public static bool IsAgent(string account) => account.StartsWith(AgentPrefix, StringComparison.Ordinal);
}
