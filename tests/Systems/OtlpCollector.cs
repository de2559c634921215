using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AwoooP.Systems;

/// <summary>Takes traces by OTLP over gRPC, as a collector does, and keeps their spans. Metrics are taken and not looked at.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    /// <summary>Compressed or not (1 byte), and the length of the message (4).</summary>
    private const int GrpcPrefix = 5;

    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<TracedSpan> Spans { get; } = new();

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        var collector = new OtlpCollector(builder.Build());
        collector._app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", context => AnswerAsync(context, collector.Take));
        collector._app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", static context => AnswerAsync(context, static _ => { }));
        await collector._app.StartAsync();
        collector.Address = new Uri(collector._app.Urls.First());
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, Action<byte[]> take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var call = body.ToArray();
        take(call[GrpcPrefix..(GrpcPrefix + (int)BinaryPrimitives.ReadUInt32BigEndian(call.AsSpan(1)))]);

        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Take(byte[] request)
    {
        foreach (var resourceSpans in ProtoMessage.Read(request).Messages(1))
        {
            var attributes = resourceSpans.Messages(1).SelectMany(static resource => resource.Messages(1));
            var process = attributes.First(static attribute => attribute.Text(1) == "service.instance.id").Messages(2).Single().Text(1);
            foreach (var scopeSpans in resourceSpans.Messages(2))
            {
                var scope = scopeSpans.Messages(1).Single().Text(1);
                foreach (var span in scopeSpans.Messages(2))
                    Spans.Enqueue(new TracedSpan(span.Hex(1), span.Hex(2), span.Hex(4), process, scope, span.Text(5)));
            }
        }
    }
}

/// <param name="ParentId">Empty for the first of a trace.</param>
/// <param name="Process">Where it was: the name of the silo or front.</param>
/// <param name="Scope">What has told of it.</param>
public sealed record TracedSpan(string TraceId, string Id, string ParentId, string Process, string Scope, string Name);
