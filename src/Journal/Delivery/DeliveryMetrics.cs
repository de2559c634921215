using System.Diagnostics.Metrics;

namespace AwoooP.Journal.Delivery;

/// <summary>Delivery's figures, read from its status when they are collected.</summary>
internal sealed class DeliveryMetrics : IDisposable
{
    public const string MeterName = "AwoooP.Delivery";

    private readonly Meter _meter;

    public DeliveryMetrics(IMeterFactory meters, IDeliveryStatus status)
    {
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("awooop.delivery.lag", () => Each(status, consumer => consumer.Lag), "{event}", "Events that a consumer has not passed");
        _meter.CreateObservableCounter("awooop.delivery.delivered", () => Each(status, consumer => consumer.Delivered), "{event}", "Events delivered");
        _meter.CreateObservableCounter("awooop.delivery.retries", () => Each(status, consumer => consumer.Retries), "{attempt}", "Failed attempts");
        _meter.CreateObservableCounter("awooop.delivery.dead_letters", () => Each(status, consumer => consumer.DeadLetters), "{event}", "Events held back");
        _meter.CreateObservableGauge("awooop.delivery.failures", () => Each(status, consumer => (long)consumer.Failures), "{attempt}", "Failed attempts in a row");
        _meter.CreateObservableGauge("awooop.delivery.partitions", () => status.Read().Partitions, "{partition}", "Partitions delivered here");
        _meter.CreateObservableCounter("awooop.wakes.fired", () => status.Read().Wakes.Fired, "{wake}", "Wake-ups fired");
        _meter.CreateObservableCounter("awooop.wakes.retries", () => status.Read().Wakes.Retries, "{wake}", "Wake-ups that failed and fire again");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Each(IDeliveryStatus status, Func<ConsumerStatus, long> value) =>
        status.Read().Consumers.Select(consumer => new Measurement<long>(value(consumer), new KeyValuePair<string, object?>("consumer", consumer.Name)));
}
