using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>Readers of one key and senders of alerts of one project that ask again as soon as they are answered, and heed no refusal.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private const int CallersOfAKind = 16;

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private int _readsRefused;
    private int _alertsRefused;

    /// <param name="key">Of the readers.</param>
    public Flood(AwooopSystem system, string project, string key)
    {
        _http = new HttpClient { BaseAddress = system.Address };
        _running = Task.WhenAll(Enumerable.Range(0, CallersOfAKind).SelectMany(caller => new[] { ReadAsync(project, key), SendAsync(project, caller) }));
    }

    /// <summary>Reads that were told to come back later, and when.</summary>
    public int ReadsRefused => Volatile.Read(ref _readsRefused);

    /// <summary>Posts of alerts that were told to come back later, and when.</summary>
    public int AlertsRefused => Volatile.Read(ref _alertsRefused);

    /// <summary>What no caller should be told: neither done, nor when to come back.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _ending.Dispose();
    }

    private async Task ReadAsync(string project, string key)
    {
        while (!_ending.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/platform/incidents?limit=100&project_id={project}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (await IsRefusedAsync(request))
                Interlocked.Increment(ref _readsRefused);
        }
    }

    /// <summary>The same alert again and again: what is taken is worked off without new incidents.</summary>
    private async Task SendAsync(string project, int sender)
    {
        while (!_ending.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"projects/{project}/api/v2/alerts")
            {
                Content = new StringContent(SharedSystem.Alert($"Flood{sender}"), Encoding.UTF8, "application/json"),
            };
            if (await IsRefusedAsync(request))
                Interlocked.Increment(ref _alertsRefused);
        }
    }

    private async Task<bool> IsRefusedAsync(HttpRequestMessage request)
    {
        try
        {
            using var answer = await _http.SendAsync(request, _ending.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
                return false;

            if (answer is { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } wait } && wait >= TimeSpan.FromSeconds(1))
                return true;

            Wrong.Enqueue($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(_ending.Token)}");
            return false;
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return false;
        }
        catch (HttpRequestException fault)
        {
            Wrong.Enqueue($"{request.Method} {request.RequestUri}: {fault.Message}");
            return false;
        }
    }
}
