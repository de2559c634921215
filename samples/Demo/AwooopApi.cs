using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Demo;

/// <summary>AwoooP's HTTP API as one operator uses it.</summary>
public sealed class AwooopApi : IDisposable
{
    private readonly HttpClient _http;

    public AwooopApi(Uri address, string key)
    {
        Address = address;
        _http = new HttpClient { BaseAddress = new Uri(address, "v1/platform/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
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

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);

        using var answer = await _http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length == 0 ? "{}" : text)!
            : throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {text}");
    }
}
