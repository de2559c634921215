using AwoooP.Runtime.Cluster;

namespace AwoooP.Runtime.Calls;

/// <summary>A request whose caller is at another process.</summary>
internal interface IReceivedRequest
{
    /// <summary>Where it came from.</summary>
    LinkCalls Link { get; }
}
