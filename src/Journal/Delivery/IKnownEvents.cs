namespace AwoooP.Journal.Delivery;

/// <summary>
/// Which events this build can read. One that it cannot is of a newer build: nothing is delivered past it here, since a consumer of that build may
/// want it, and the partition goes on where it is known.
/// </summary>
public interface IKnownEvents
{
    /// <summary>Asked for every event that is told or read, inside a lock: it must neither wait nor allocate.</summary>
    bool Contains(string type, int typeVersion);
}
