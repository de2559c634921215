using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AwoooP.Integrations.Tests.Peers;

/// <summary>A real server on loopback that answers as each test wants it to, faults included, and keeps what it was sent.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();

    private FaultyServer(WebApplication app) => _app = app;

    public ConcurrentQueue<SentRequest> Requests { get; } = [];

    public Uri Address { get; private set; } = null!;

    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public static async Task<FaultyServer> StartAsync(Func<FaultyServer, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new FaultyServer(builder.Build());
        server._app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            server.Requests.Enqueue(new SentRequest(
                context.Request.Method, context.Request.Path + context.Request.QueryString, body,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            await answer(server, context);
        });
        await server._app.StartAsync();
        server.Address = new Uri(server._app.Urls.First() + "/");
        return server;
    }

    public static Task<FaultyServer> StartAsync(int status, string body = "", string contentType = "text/plain") => StartAsync((_, context) => WriteAsync(context, status, body, contentType));

    public static Task WriteAsync(HttpContext context, int status, string body = "", string contentType = "text/plain")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    /// <summary>Cuts the connection without an answer.</summary>
    public static Task ResetAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<Microsoft.AspNetCore.Connections.Features.IConnectionLifetimeFeature>().Abort();
        return Task.CompletedTask;
    }

    /// <summary>Says nothing until the caller goes away or the test ends.</summary>
    public async Task HangAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        var gone = new TaskCompletionSource();
        await using (either.Token.Register(gone.SetResult))
            await gone.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }
}

internal sealed record SentRequest(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers);
