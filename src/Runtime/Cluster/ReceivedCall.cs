using System.Diagnostics;
using AwoooP.Runtime.Calls;

namespace AwoooP.Runtime.Cluster;

/// <summary>What a silo was asked over the wire, but for the arguments.</summary>
/// <param name="Interface">A <see cref="WireName"/>.</param>
/// <param name="Callers">Who waits for the answer, the nearest first.</param>
internal sealed record ReceivedCall(
    RequestHeader Header,
    uint Interface,
    uint Method,
    string Key,
    ActivityContext Trace,
    IReadOnlyList<WaitingCaller> Callers,
    RequestContextValues? Values);
