namespace AwoooP.Commands;

/// <summary>Actors that are not persons.</summary>
public static class Actors
{
    public const string Platform = "platform";

    /// <summary>Whether a person acts, as the person's operator id tells.</summary>
    public static bool IsPerson(string actor) =>
        actor != Platform && !actor.StartsWith("agent:", StringComparison.Ordinal) && !actor.StartsWith("worker:", StringComparison.Ordinal);
}
