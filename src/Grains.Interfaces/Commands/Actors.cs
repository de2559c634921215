namespace AwoooP.Commands;

/// <summary>Who acts, and how actors that are not persons are written.</summary>
public static class Actors
{
    public const string Platform = "platform";

    /// <summary>The role of a person.</summary>
    public const string Operator = "operator";

    private const string Agent = "agent";
    private const string Worker = "worker";

    /// <summary>One life of a worker.</summary>
    public static string OfWorker(string workerId) => $"{Worker}:{workerId}";

    /// <summary>operator, agent, worker or platform, by how the actor is written; a person is written as the operator's id alone.</summary>
    public static string RoleOf(string actor) => actor switch
    {
        Platform => Platform,
        _ when actor.StartsWith($"{Agent}:", StringComparison.Ordinal) => Agent,
        _ when actor.StartsWith($"{Worker}:", StringComparison.Ordinal) => Worker,
        _ => Operator,
    };
}
