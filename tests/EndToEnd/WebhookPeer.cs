using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AwoooP.EndToEnd;

/// <summary>
/// A receiver of webhooks as somebody else would write it: it believes nothing that is not signed, is down when a message comes first,
/// and takes it when it comes again. It wants no message whose title has <see cref="Unwanted"/> in it.
/// </summary>
internal sealed class WebhookPeer : IAsyncDisposable
{
    public const string Unwanted = "Unwanted";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    private WebhookPeer(WebApplication app) => _app = app;

    /// <summary>What both sides sign with.</summary>
    public string Key { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<PostedMessage> Posted { get; } = new();

    public static async Task<WebhookPeer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var peer = new WebhookPeer(builder.Build());
        peer._app.MapPost("/hook", peer.TakeAsync);
        await peer._app.StartAsync();
        peer.Address = new Uri(new Uri(peer._app.Urls.First()), "hook");
        return peer;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        var body = JsonNode.Parse(text)!;
        var id = (string)body["notification_id"]!;
        var isSigned = IsSigned(request.Headers["Awooop-Signature"].ToString(), text) && request.Headers["Awooop-Notification-Id"] == id;
        Posted.Enqueue(new PostedMessage(id, body, isSigned));
        if (!isSigned)
            return Results.Unauthorized();
        if (((string)body["title"]!).Contains(Unwanted, StringComparison.Ordinal))
            return Results.StatusCode(StatusCodes.Status410Gone);

        return _seen.TryAdd(id, true)
            ? Results.StatusCode(StatusCodes.Status500InternalServerError)
            : Results.Text(new JsonObject { ["id"] = $"peer-{id}" }.ToJsonString(), "application/json");
    }

    private bool IsSigned(string header, string body)
    {
        if (header.Split(',') is not [['t', '=', .. var timestamp], ['v', '1', '=', .. var signature]])
            return false;

        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes($"{timestamp}.{body}"));
        return long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)), Encoding.ASCII.GetBytes(signature));
    }
}

internal sealed record PostedMessage(string Id, JsonNode Body, bool IsSigned);
