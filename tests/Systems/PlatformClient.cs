using System.Net.Http.Headers;
using System.Text;

namespace AwoooP.Systems;

/// <summary>The platform's API as one operator sees it, at whichever address is named.</summary>
/// <param name="key">The operator's.</param>
public sealed class PlatformClient(string key) : IDisposable
{
    private readonly PatientClient _http = new();

    /// <summary>Calls that had neither an answer nor an end.</summary>
    public int Unanswered => _http.Unanswered;

    public async Task<CallEnd> SendAsync(Uri address, PlatformRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(address, $"v1/platform/{request.Path}"));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (request.Body is { } body)
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (request.IdempotencyKey is { } command)
            message.Headers.Add("Idempotency-Key", command);
        if (request.Tag is { } tag)
            message.Headers.TryAddWithoutValidation("If-Match", tag);
        return await _http.SendAsync(message, cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
