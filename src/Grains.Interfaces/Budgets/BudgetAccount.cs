namespace AwoooP.Budgets;

/// <summary>The accounts of a project, as the key of each in it.</summary>
public static class BudgetAccount
{
    public const string Project = "project";
    public const string AgentPrefix = "agent:";
    public const string IncidentPrefix = "incident:";
    public const string RunPrefix = "run:";

    public static string OfAgent(string agentId) => AgentPrefix + agentId;

    public static string OfIncident(string incidentId) => IncidentPrefix + incidentId;

    public static string OfRun(Guid runId) => $"{RunPrefix}{runId}";

    /// <summary>Those that a call touches, in the order in which it is reserved in them: the project's, which all calls share, last.</summary>
    public static IReadOnlyList<string> Of(ModelCall call)
    {
        var accounts = new List<string>();
        if (call.RunId is { } run)
            accounts.Add(OfRun(run));
        if (call.IncidentId is { } incident)
            accounts.Add(OfIncident(incident));
        return [.. accounts, OfAgent(call.AgentId), Project];
    }

    /// <summary>What the account of an agent, incident or run is of: its id.</summary>
    public static string IdOf(string account) => account[(account.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static bool IsRun(string account) => account.StartsWith(RunPrefix, StringComparison.Ordinal);

    public static bool IsIncident(string account) => account.StartsWith(IncidentPrefix, StringComparison.Ordinal);

    public static bool IsAgent(string account) => account.StartsWith(AgentPrefix, StringComparison.Ordinal);
}
