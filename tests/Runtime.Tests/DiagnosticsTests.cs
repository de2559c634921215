using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AwoooP.Runtime.Hosting;

namespace AwoooP.Runtime.Tests;

public sealed class DiagnosticsTests
{
    [Fact]
    public async Task Metrics_OfCalls_AreTaggedByGrainType()
    {
        var values = new ConcurrentDictionary<string, double>();
        await using var silo = new TestSilo();
        var meters = silo.Services.GetService(typeof(IMeterFactory));
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name == EngineDiagnostics.Name)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
        listener.Start();

        await silo.Grain("p/a").TouchAsync();
        await silo.Grain("p/b").TouchAsync();
        await Should.ThrowAsync<CallCycleException>(
            () => silo.Grain("p/a").RunAsync(Scripts.Call("p/a", Scripts.Nothing), CancellationToken.None));
        listener.RecordObservableInstruments();

        values["awooop.runtime.activations script"].ShouldBe(2);
        values["awooop.runtime.calls script"].ShouldBe(5);
        values["awooop.runtime.turn.duration script"].ShouldBe(3);
        values["awooop.runtime.call.refusals script"].ShouldBe(1);
        values["awooop.runtime.queue.length script"].ShouldBe(0);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            values.AddOrUpdate($"{instrument.Name} {tags[0].Value}", value, (_, sum) => sum + value);
    }

    [Fact]
    public async Task Activities_OfAChain_HangTogether()
    {
        using var turns = new RecordedTurns();
        await using var silo = new TestSilo();

        await silo.Grain("traced/a").RunAsync(Scripts.Call("traced/b", Scripts.Nothing), CancellationToken.None);

        var outer = turns.Of("traced/a");
        var inner = turns.Of("traced/b");
        inner.ParentSpanId.ShouldBe(outer.SpanId);
        inner.TraceId.ShouldBe(outer.TraceId);
        outer.GetTagItem("grain.type").ShouldBe("script");
    }

    [Fact]
    public async Task Activity_OfACallerWhoseTraceIsNotRecorded_KeepsToThat()
    {
        using var listener = new ActivityListener { ShouldListenTo = static source => source.Name == EngineDiagnostics.Name, Sample = ByParent };
        ActivitySource.AddActivityListener(listener);
        await using var silo = new TestSilo();
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        Activity? turn = null;

        await silo.Grain("traced/c").RunAsync(
            (_, _) =>
            {
                turn = Activity.Current;
                return Task.CompletedTask;
            },
            CancellationToken.None);

        (turn?.TraceId, turn?.Recorded).ShouldBe((caller.TraceId, false));

        // As OpenTelemetry decides where the parent has the say.
        static ActivitySamplingResult ByParent(ref ActivityCreationOptions<ActivityContext> options)
        {
            if (options.Parent == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
                return ActivitySamplingResult.AllDataAndRecorded;
            return options.Parent.IsRemote ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None;
        }
    }
}
