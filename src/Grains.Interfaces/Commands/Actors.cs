namespace AwoooP.Commands;

/// <summary>Who acts, and how actors that are not persons are written.</summary>
public static class Actors
{
    public const string Platform = "platform";

    /// <summary>The operator of the machine, whose key the platform makes itself.</summary>
    public const string LocalOperator = "local-admin";

    /// <summary>The role of a person.</summary>
    public const string Operator = "operator";

    /// <summary>Somebody whose key or token was not taken. No operator can be called so.</summary>
    public const string Stranger = $"{Unknown}:caller";

    private const string Unknown = "unknown";
    private const string Agent = "agent";
    private const string Worker = "worker";

    public static string OfAgent(string agentId) => $"{Agent}:{agentId}";

    /// <summary>One life of a worker.</summary>
    public static string OfWorker(string workerId) => $"{Worker}:{workerId}";

    /// <summary>operator, agent, worker, platform or unknown, by how the actor is written; a person is written as the operator's id alone.</summary>
    public static string RoleOf(string actor) => actor switch
    {
        Platform => Platform,
        Stranger => Unknown,
        _ when actor.StartsWith($"{Agent}:", StringComparison.Ordinal) => Agent,
        _ when actor.StartsWith($"{Worker}:", StringComparison.Ordinal) => Worker,
        _ => Operator,
    };
}
