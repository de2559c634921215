namespace AwoooP.Journal.Delivery;

/// <summary>What the catalogue of a build reads. The journal has none, and those who have one share no other place to say it.</summary>
/// <param name="reads">Whether it reads a type at a version; bound by what <see cref="IKnownEvents.Contains"/> asks of it.</param>
public sealed class KnownEvents(Func<string, int, bool> reads) : IKnownEvents
{
    public bool Contains(string type, int typeVersion) => reads(type, typeVersion);
}
