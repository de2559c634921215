using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>A build that knows these types, at their first version.</summary>
internal sealed class KnownTypes(params string[] types) : IKnownEvents
{
    public bool Contains(string type, int typeVersion) => typeVersion == 1 && types.Contains(type);
}
