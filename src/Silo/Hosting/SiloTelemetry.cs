using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AwoooP.Silo.Hosting;

/// <summary>Sends traces and metrics by OTLP while the host runs, when an endpoint is configured.</summary>
internal sealed class SiloTelemetry(SiloOptions options) : IHostedService, IDisposable
{
    /// <summary>Requests, calls of grains under either engine, commits, and what PostgreSQL is asked.</summary>
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "AwoooP.*", "Microsoft.Orleans.*", "Npgsql"];

    /// <summary>Ours, and Orleans' own, which nothing but Orleans has.</summary>
    private static readonly string[] Meters = ["AwoooP.*", "Microsoft.Orleans"];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.OtlpEndpoint is not { } endpoint)
            return Task.CompletedTask;

        var resource = ResourceBuilder.CreateDefault().AddService("awooop", serviceInstanceId: options.Name);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
            .AddOtlpExporter(exporter => exporter.Endpoint = endpoint).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter(exporter => exporter.Endpoint = endpoint).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
