using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>Keeps the front's cookies, as a browser does, and shows its own page's header with changes.</summary>
internal sealed class Browser(FrontHost host) : IDisposable
{
    private readonly HttpClient _client = host.Connect();

    public Dictionary<string, string> Cookies { get; } = [];

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<HttpResponseMessage> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add(SameOrigin.Header, "1");
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));

        var response = await _client.SendAsync(request);
        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var parts = set.Split(';')[0].Split('=', 2);
            if (parts[1].Length == 0)
                Cookies.Remove(parts[0]);
            else
                Cookies[parts[0]] = parts[1];
        }

        return response;
    }
}
