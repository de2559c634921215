using System.Diagnostics.Metrics;

namespace AwoooP.Journal.Intake;

/// <summary>The intake log's figures, read from its status when they are collected.</summary>
internal sealed class IntakeMetrics : IDisposable
{
    private readonly Meter _meter;

    public IntakeMetrics(IMeterFactory meters, IIntakeStatus status, IDurableClock clock)
    {
        _meter = meters.Create("AwoooP.Intake");
        _meter.CreateObservableGauge("awooop.intake.lag", () => status.Read().LagItems, "{item}", "Items accepted and not worked off");
        _meter.CreateObservableGauge(
            "awooop.intake.age",
            () => status.Read().OldestReceivedAt is { } oldest ? (clock.Now - oldest).TotalSeconds : 0,
            "s",
            "Age of the oldest item not worked off");
        _meter.CreateObservableGauge("awooop.intake.queued", () => status.Read().QueuedRequests, "{request}", "Requests waiting to be written");
        _meter.CreateObservableCounter("awooop.intake.accepted", () => status.Read().AcceptedRequests, "{request}", "Requests accepted");
        _meter.CreateObservableCounter("awooop.intake.overloaded", () => status.Read().OverloadedRequests, "{request}", "Requests told to come back later");
        _meter.CreateObservableCounter("awooop.intake.consumed", () => status.Read().ConsumedItems, "{item}", "Items worked off");
        _meter.CreateObservableCounter("awooop.intake.retries", () => status.Read().Retries, "{attempt}", "Failed attempts of consumers");
        _meter.CreateObservableCounter("awooop.intake.rejected", () => status.Read().RejectedRequests, "{request}", "Requests set aside");
    }

    public void Dispose() => _meter.Dispose();
}
