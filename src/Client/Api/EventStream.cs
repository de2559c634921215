using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Commands;
using AwoooP.Journal.Delivery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Api;

/// <summary>
/// One open stream of server-sent events. It follows the log from now on: a client that comes back with <c>Last-Event-ID</c> is told
/// <c>gap</c> first, as is one that was too slow, and reads its lists again.
/// </summary>
internal sealed class EventStream(ILiveFeed feed, IOptions<JsonOptions> json, IOptions<FrontOptions> options, TimeProvider time)
{
    /// <summary>What is told, by aggregate; what the platform keeps for itself (keys, indicators, catalogues) is not.</summary>
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        [AggregateTypes.Incident] = "incident",
        [AggregateTypes.Approval] = "approval",
        [AggregateTypes.Run] = "run",
        [AggregateTypes.Playbook] = "playbook",
        [AggregateTypes.Alert] = "alert",
        [AggregateTypes.Notification] = "notification",
        [AggregateTypes.Brake] = "pause",
        [AggregateTypes.Contract] = "contract",
        [AggregateTypes.Budget] = "budget",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Returns when the lease holds no more; the client then comes back and is asked who it is.</summary>
    public async Task WriteAsync(HttpContext http, IReadOnlySet<string> projects, StreamLease lease, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // Joined before the first word is sent, so that nothing falls between what the client reads on connecting and what it is told.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var items = feed.ReadAsync(ended.Token).GetAsyncEnumerator(ended.Token);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            var resumed = http.Request.Headers["Last-Event-ID"].Count > 0;
            await http.Response.WriteAsync(resumed ? "event: gap\ndata: {}\n\n" : ": connected\n\n", cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
            // One timer a stream, however many events of however many projects go by.
            var beat = BeatAsync(lease, ended.Token);
            while (true)
            {
                // The first that is done counts, so a flood of events does not put off the beat.
                if (await Task.WhenAny(beat, next) == beat)
                {
                    await beat;
                    if (!await lease.HoldsAsync(cancellationToken))
                        return;

                    await http.Response.WriteAsync(": alive\n\n", cancellationToken);
                    beat = BeatAsync(lease, ended.Token);
                }
                else
                {
                    if (!await next)
                        return;

                    if (Format(items.Current, projects) is { } text)
                        await http.Response.WriteAsync(text, cancellationToken);

                    next = items.MoveNextAsync().AsTask();
                    // A burst goes out together.
                    if (next.IsCompletedSuccessfully && !beat.IsCompleted)
                        continue;
                }

                await http.Response.Body.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            // The reader leaves the feed only when it is disposed, which it cannot be in the middle of a step.
            await ended.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task BeatAsync(StreamLease lease, CancellationToken cancellationToken)
    {
        var interval = options.Value.EventHeartbeat;
        if (lease.Left is { } left && left < interval)
            interval = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        return Task.Delay(interval, time, cancellationToken);
    }

    private string? Format(LiveItem item, IReadOnlySet<string> projects)
    {
        if (item is LiveGap)
            return "event: gap\ndata: {}\n\n";

        if (item is not LiveEvent { Event: var recorded }
            || !Names.TryGetValue(recorded.Id.Type, out var name)
            || !projects.Contains(recorded.Id.ProjectId))
        {
            return null;
        }

        var position = recorded.Position.ToString();
        var data = JsonSerializer.Serialize(
            new StreamedEvent(recorded.Type, recorded.Id.LocalKey, recorded.Id.ProjectId, position, recorded.Version, recorded.Actor, recorded.At, recorded.TraceId),
            (JsonTypeInfo<StreamedEvent>)json.Value.SerializerOptions.GetTypeInfo(typeof(StreamedEvent)));
        return $"id: {position}\nevent: {name}\ndata: {data}\n\n";
    }
}
