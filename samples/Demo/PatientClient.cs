using System.Net.Sockets;

namespace AwoooP.Demo;

/// <summary>
/// HTTP calls that all end: with an answer, with the connection, or with the caller's patience. The last are counted, because whatever
/// happens to it, a silo that lives answers in time.
/// </summary>
/// <param name="patience">Of the caller; 100 s when it is null.</param>
public sealed class PatientClient(TimeSpan? patience = null) : IDisposable
{
    /// <summary>More than the three calls of grains take that a request may lead to, each of which fails after 30 s unless set.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http = new() { Timeout = patience ?? Patience };
    private int _unanswered;

    /// <summary>Calls that were given up by the caller.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    public async Task<CallEnd> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            return new CallEnd(answer.StatusCode, answer.Headers.ETag?.Tag, body, WasSent: true)
            {
                Position = answer.Headers.TryGetValues("Awooop-Position", out var position) ? position.First() : null,
            };
        }
        catch (HttpRequestException fault)
        {
            return CallEnd.WithoutAnswer(wasSent: fault.HttpRequestError != HttpRequestError.ConnectionError);
        }
        catch (SocketException)
        {
            // The server went away between the connection and its first byte; the library lets that through as it is.
            return CallEnd.WithoutAnswer(wasSent: false);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _unanswered);
            return CallEnd.WithoutAnswer(wasSent: true);
        }
    }

    public void Dispose() => _http.Dispose();
}
