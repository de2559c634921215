using System.Diagnostics;
using AwoooP.Runtime.Calls;

namespace AwoooP.Runtime.Cluster;

/// <summary>What a silo was asked over the wire, but for the arguments.</summary>
/// <param name="Id">The asking side's name of the call, for the answer.</param>
/// <param name="Patience">How long the asking side still waits.</param>
/// <param name="GrainType">A <see cref="WireName"/>, as the interface is.</param>
/// <param name="Callers">Who waits for the answer, the nearest first.</param>
/// <param name="Hops">How many silos have sent it on.</param>
internal sealed record ReceivedCall(
    long Id,
    bool IsOneWay,
    TimeSpan Patience,
    uint GrainType,
    uint Interface,
    uint Method,
    string Key,
    ActivityContext Trace,
    IReadOnlyList<WaitingCaller> Callers,
    RequestContextValues? Values,
    int Hops);
