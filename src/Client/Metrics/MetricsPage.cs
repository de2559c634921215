using System.Diagnostics.Metrics;
using System.Text;

namespace AwoooP.Client.Metrics;

/// <summary>Listens to every meter of ours, and to Orleans' where that is the engine, from the start and writes what it heard in Prometheus' text format.</summary>
internal sealed class MetricsPage : IHostedService, IDisposable
{
    private const string OwnMeters = "AwoooP.";
    private const string OrleansMeter = "Microsoft.Orleans";

    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();
    private readonly Dictionary<Instrument, Series> _series = [];

    public MetricsPage()
    {
        _listener.InstrumentPublished = Publish;
        _listener.MeasurementsCompleted = Forget;
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => ((Series)state!).Record((double)value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => ((Series)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Collects the observable instruments and writes all series.</summary>
    public string Render()
    {
        lock (_collecting)
        {
            Series[] all;
            lock (_series)
                all = [.. _series.Values];

            foreach (var series in all)
                series.BeginCollection();

            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var family in all.GroupBy(series => series.Name).OrderBy(family => family.Key, StringComparer.Ordinal))
            {
                family.First().WriteHeader(text);
                foreach (var series in family)
                    series.WriteSamples(text);
            }

            return text.ToString();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!instrument.Meter.Name.StartsWith(OwnMeters, StringComparison.Ordinal) && instrument.Meter.Name != OrleansMeter)
            return;

        var series = Series.Of(instrument);
        lock (_series)
            _series[instrument] = series;

        listener.EnableMeasurementEvents(instrument, series);
    }

    private void Forget(Instrument instrument, object? state)
    {
        lock (_series)
            _series.Remove(instrument);
    }
}
