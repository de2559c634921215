using System.Net.Http.Headers;
using System.Text;

namespace AwoooP.Demo;

/// <summary>The platform's API as one operator sees it, at whichever address is named.</summary>
/// <param name="key">The operator's.</param>
/// <param name="patience">How long an answer is waited for; null for as long as <see cref="PatientClient"/> does.</param>
public sealed class PlatformClient(string key, TimeSpan? patience = null) : IDisposable
{
    private readonly PatientClient _http = new(patience);

    /// <summary>Calls that had neither an answer nor an end.</summary>
    public int Unanswered => _http.Unanswered;

    public async Task<CallEnd> SendAsync(Uri address, PlatformRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(new Uri(address, "/v1/platform/"), request.Path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (request.Body is { } body)
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (request.IdempotencyKey is { } command)
            message.Headers.Add("Idempotency-Key", command);
        if (request.Tag is { } tag)
            message.Headers.TryAddWithoutValidation("If-Match", tag);
        if (request.After is { } position)
            message.Headers.Add("Awooop-After", position);
        return await _http.SendAsync(message, cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
