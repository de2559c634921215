using System.Diagnostics;
using System.Diagnostics.Metrics;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Cluster;

namespace AwoooP.Runtime.Hosting;

/// <summary>The engine's metrics and activities. What can be summed when asked for costs calls nothing.</summary>
internal sealed class EngineDiagnostics
{
    public const string Name = "AwoooP.Runtime";
    public static readonly ActivitySource Activities = new(Name);

    private const string GrainTypeTag = "grain_type";
    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _turnDuration;
    private readonly Counter<long> _timeouts;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _activationFailures;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _forwards;
    private readonly Counter<long> _lost;

    public EngineDiagnostics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(Name);
        _turnDuration = _meter.CreateHistogram<double>("awooop.runtime.turn.duration", "s", "From the start of a turn to its end, awaits included.");
        _timeouts = _meter.CreateCounter<long>("awooop.runtime.call.timeouts", "{call}", "Calls that got no answer in time.");
        _refusals = _meter.CreateCounter<long>("awooop.runtime.call.refusals", "{call}", "Calls refused because of a cycle or a full mailbox.");
        _activationFailures = _meter.CreateCounter<long>("awooop.runtime.activation.failures", "{activation}", "Activations that could not load.");
        _sent = _meter.CreateCounter<long>("awooop.runtime.call.remote", "{call}", "Calls for a grain of another silo.");
        _lost = _meter.CreateCounter<long>("awooop.runtime.call.losses", "{call}", "Calls under way to a silo when the connection to it ended.");
        _forwards = _meter.CreateCounter<long>("awooop.runtime.call.forwards", "{call}", "Calls that came for a grain of another silo and were sent on.");
    }

    public static Activity? StartTurn(Request request, ActivityContext caller)
    {
        // A trace that is not recorded goes on as one: a sampler keeps what comes from afar, and drops what comes from near, with all that it would have said.
        if (caller != default && !caller.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            caller = new ActivityContext(caller.TraceId, caller.SpanId, caller.TraceFlags, caller.TraceState, isRemote: true);
        var activity = Activities.StartActivity(request.Call.Method.ToString(), ActivityKind.Server, caller);
        return activity?.SetTag("grain.type", request.Host.GrainType).SetTag("grain.key", request.Key);
    }

    public void Observe(IReadOnlyList<GrainHost> hosts)
    {
        _meter.CreateObservableGauge("awooop.runtime.activations", () => Each(static host => host.Count), "{activation}", "Activations in memory.");
        _meter.CreateObservableCounter("awooop.runtime.calls", () => Each(static host => host.Turns), "{turn}", "Turns started: calls, timer ticks, activations and deactivations.");
        _meter.CreateObservableGauge(
            "awooop.runtime.queue.length",
            () => Each(static host => host.Activations().Sum(static activation => (long)activation.WaitingCount)),
            "{call}",
            "Calls that wait for their grain.");

        IEnumerable<Measurement<long>> Each(Func<GrainHost, long> measure) =>
            hosts.Select(host => new Measurement<long>(measure(host), Tag(host.GrainType)));
    }

    /// <returns>What <see cref="TurnEnded"/> wants to know; zero when nobody measures.</returns>
    public long TurnStarted() => _turnDuration.Enabled ? _time.GetTimestamp() : 0;

    public void TurnEnded(string grainType, long started)
    {
        if (started != 0)
            _turnDuration.Record(_time.GetElapsedTime(started).TotalSeconds, Tag(grainType));
    }

    public void TimedOut(string grainType) => _timeouts.Add(1, Tag(grainType));

    public void Refused(string grainType, Exception refusal) => _refusals.Add(
        1, Tag(grainType), new KeyValuePair<string, object?>("reason", refusal is CallCycleException ? "cycle" : "overload"));

    public void Observe(ClusterRouter router) => _meter.CreateObservableGauge(
        "awooop.runtime.call.parked", () => router.Parked, "{call}", "Calls that wait for a silo to own their grain, or for a connection to it.");

    public void Sent(string grainType) => _sent.Add(1, Tag(grainType));

    public void Lost(string grainType) => _lost.Add(1, Tag(grainType));

    public void Forwarded(string grainType) => _forwards.Add(1, Tag(grainType));

    public void ActivationFailed(string grainType) => _activationFailures.Add(1, Tag(grainType));

    private static KeyValuePair<string, object?> Tag(string grainType) => new(GrainTypeTag, grainType);
}
