namespace AwoooP.Records;

internal static class ActorRole
{
    /// <summary>operator, agent, worker or platform, by how the actor is written.</summary>
    public static string Of(string actor) => actor switch
    {
        "platform" => "platform",
        _ when actor.StartsWith("agent:", StringComparison.Ordinal) => "agent",
        _ when actor.StartsWith("worker:", StringComparison.Ordinal) => "worker",
        _ => "operator",
    };
}
