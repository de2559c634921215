using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AwoooP.EndToEnd;

/// <summary>HTTP as it is: bodies are sent byte for byte as they are written, and refusals are answers.</summary>
internal sealed class RawApi : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="address">The silo's.</param>
    /// <param name="key">Null for somebody without one.</param>
    public RawApi(Uri address, string? key)
    {
        _http = new HttpClient { BaseAddress = address };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<RawAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<RawAnswer> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    /// <param name="path">From the root.</param>
    /// <param name="body">Sent as it is.</param>
    /// <param name="headers">Further headers; a <c>Content-Type</c> replaces the JSON one.</param>
    public Task<RawAnswer> PostAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<RawAnswer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body, []);

    public void Dispose() => _http.Dispose();

    private Task<RawAnswer> SendAsync(HttpMethod method, string path, string body, (string Name, string Value)[] headers)
    {
        var type = headers.FirstOrDefault(header => header.Name == "Content-Type").Value ?? "application/json";
        var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var (name, value) in headers.Where(header => header.Name != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, value);

        return SendAsync(request);
    }

    private async Task<RawAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var answer = await _http.SendAsync(request))
        {
            var text = await answer.Content.ReadAsStringAsync();
            return new RawAnswer((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
        }
    }
}

internal sealed record RawAnswer(int Status, string? MediaType, JsonNode Body)
{
    public RawAnswer ShouldSucceed()
    {
        Status.ShouldBeInRange(200, 299, Body.ToJsonString());
        return this;
    }

    public RawAnswer ShouldBeProblem(int status, string code)
    {
        ((string?)Body["code"]).ShouldBe(code, Body.ToJsonString());
        Status.ShouldBe(status, code);
        MediaType.ShouldBe("application/problem+json");
        ((int?)Body["status"]).ShouldBe(status);
        return this;
    }
}
