using System.Text.Json.Nodes;

namespace AwoooP.Demo;

/// <summary>AwoooP's HTTP API as one operator uses it.</summary>
public sealed class AwooopApi : IDisposable
{
    private readonly PlatformClient _client;

    public AwooopApi(Uri address, string key)
    {
        Address = address;
        _client = new PlatformClient(key);
    }

    public Uri Address { get; }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode> PostAsync(string path, JsonNode? body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body ?? new JsonObject(), cancellationToken);

    public Task<JsonNode> PutAsync(string path, JsonNode body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, path, body, cancellationToken);

    /// <summary>Makes a key of its own for a further person.</summary>
    public async Task<AwooopApi> IssueAsync(string operatorId, string role, CancellationToken cancellationToken)
    {
        var issued = await PostAsync("operators/keys", new JsonObject { ["operator_id"] = operatorId, ["roles"] = new JsonObject { ["awoooi"] = role }, ["default_project"] = "awoooi" }, cancellationToken);
        return new AwooopApi(Address, (string)issued["key"]!);
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        var end = await _client.SendAsync(Address, new PlatformRequest(method, path, body?.ToJsonString()), cancellationToken);
        if (!end.IsAnswered)
            throw new HttpRequestException($"{method} {path} {(end.WasSent ? "had no answer from" : "found nobody at")} {Address}.");

        return (int)end.Status is >= 200 and < 300
            ? JsonNode.Parse(end.Body.Length == 0 ? "{}" : end.Body)!
            : throw new InvalidOperationException($"{method} {path} answered {(int)end.Status}: {end.Body}");
    }
}
