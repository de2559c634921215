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

    // The numbers of fields are those of opentelemetry/proto/trace/v1/trace.proto and what that includes.
    private void Take(byte[] request)
    {
        foreach (var resourceSpans in ProtoMessage.Read(request).Messages(Export.ResourceSpans))
        {
            var attributes = resourceSpans.Messages(ResourceSpans.Resource).SelectMany(static resource => resource.Messages(Resource.Attributes));
            var process = attributes.First(static attribute => attribute.Text(KeyValue.Key) == "service.instance.id").Messages(KeyValue.Value).Single().Text(AnyValue.Text);
            foreach (var scopeSpans in resourceSpans.Messages(ResourceSpans.ScopeSpans))
            {
                var scope = scopeSpans.Messages(ScopeSpans.Scope).Single().Text(Scope.Name);
                foreach (var span in scopeSpans.Messages(ScopeSpans.Spans))
                    Spans.Enqueue(new TracedSpan(span.Hex(Span.TraceId), span.Hex(Span.Id), span.Hex(Span.ParentId), process, scope, span.Text(Span.Name)));
            }
        }
    }

    private static class Export
    {
        public const int ResourceSpans = 1;
    }

    private static class ResourceSpans
    {
        public const int Resource = 1;
        public const int ScopeSpans = 2;
    }

    private static class Resource
    {
        public const int Attributes = 1;
    }

    private static class KeyValue
    {
        public const int Key = 1;
        public const int Value = 2;
    }

    private static class AnyValue
    {
        public const int Text = 1;
    }

    private static class ScopeSpans
    {
        public const int Scope = 1;
        public const int Spans = 2;
    }

    private static class Scope
    {
        public const int Name = 1;
    }

    private static class Span
    {
        public const int TraceId = 1;
        public const int Id = 2;
        public const int ParentId = 4;
        public const int Name = 5;
    }
}
