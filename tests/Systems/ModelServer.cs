using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AwoooP.Systems;

/// <summary>A provider of models that speaks chat completions and answers as a script says, faults included. It keeps what it was asked.</summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();

    private ModelServer(WebApplication app) => _app = app;

    /// <summary>What callers must bear.</summary>
    public string Key { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>The base address of the API.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Decides each answer when its question has come.</summary>
    public Func<ModelAsked, ModelTurn> Script { get; set; } = static _ => new ModelTurn.Answer("{}", 1, 1);

    public ConcurrentQueue<ModelAsked> Asked { get; } = new();

    /// <summary>Questions whose callers went away before they had their answer, in the order in which that was seen.</summary>
    public ConcurrentQueue<(ModelAsked Question, DateTimeOffset At)> Cut { get; } = new();

    public static async Task<ModelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new ModelServer(builder.Build());
        server._app.MapPost("/v1/chat/completions", server.CompleteAsync);
        await server._app.StartAsync();
        server.Address = new Uri(new Uri(server._app.Urls.First()), "v1");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task CompleteAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var asked = new ModelAsked(
            (string)body["model"]!,
            (string)body["messages"]!.AsArray()[^1]!["content"]!,
            (int)body["max_tokens"]!,
            context.Request.Headers["traceparent"].ToString(),
            body);
        Asked.Enqueue(asked);
        if (context.Request.Headers.Authorization != $"Bearer {Key}")
            await WriteAsync(context, StatusCodes.Status401Unauthorized, """{"error":{"message":"Who is that?"}}""");
        else
            await TakeTurnAsync(context, asked, Script(asked));
    }

    private async Task TakeTurnAsync(HttpContext context, ModelAsked asked, ModelTurn turn)
    {
        switch (turn)
        {
            case ModelTurn.Answer answer:
                await WriteAsync(context, StatusCodes.Status200OK, TextOf(asked, answer).ToJsonString());
                break;
            case ModelTurn.Status status:
                if (status.RetryAfter is { } wait)
                    context.Response.Headers.RetryAfter = wait;
                await WriteAsync(context, status.Code, """{"error":{"message":"Not now."}}""");
                break;
            case ModelTurn.Raw raw:
                await WriteAsync(context, StatusCodes.Status200OK, raw.Body);
                break;
            case ModelTurn.HalfAnswer:
                context.Response.ContentLength = 1000;
                await WriteAsync(context, StatusCodes.Status200OK, """{"choices":[{"mess""");
                await context.Response.Body.FlushAsync(context.RequestAborted);
                Abort(context);
                break;
            case ModelTurn.NoAnswer:
                Abort(context);
                break;
            case ModelTurn.Held held:
                if (await IsLetGoAsync(context, asked, held.Until))
                    await TakeTurnAsync(context, asked, held.Then);
                break;
            default:
                throw new InvalidOperationException($"{turn.GetType().Name} is not known.");
        }
    }

    /// <returns>False when the caller went away, or the server stops, first.</returns>
    private async Task<bool> IsLetGoAsync(HttpContext context, ModelAsked asked, Task until)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopped = _stopping.Token.Register(() => gone.TrySetResult());
        await using var cut = context.RequestAborted.Register(() =>
        {
            Cut.Enqueue((asked, TimeProvider.System.GetUtcNow()));
            gone.TrySetResult();
        });
        return await Task.WhenAny(until, gone.Task) == until;
    }

    private static JsonObject TextOf(ModelAsked asked, ModelTurn.Answer answer)
    {
        var text = new JsonObject
        {
            ["object"] = "chat.completion",
            ["model"] = asked.Model,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["finish_reason"] = "stop",
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text },
            }),
        };
        if (answer is { PromptTokens: { } prompt, CompletionTokens: { } completion })
            text["usage"] = new JsonObject { ["prompt_tokens"] = prompt, ["completion_tokens"] = completion, ["total_tokens"] = prompt + completion };
        return text;
    }

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    private static void Abort(HttpContext context) => context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().Abort();
}
