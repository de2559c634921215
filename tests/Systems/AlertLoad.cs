using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace AwoooP.Systems;

/// <summary>
/// Senders that post alerts of their own and keep a ledger of what was acknowledged. Each sends an alert again until it is
/// acknowledged, as Prometheus does.
/// </summary>
public sealed class AlertLoad(IReadOnlyList<Uri> addresses, int senders, int alertsEach)
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The names of the alerts that were answered with 200.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>Answers other than 200, by status.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Refused { get; } = new();

    public int Total => senders * alertsEach;

    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(sender => SendAllAsync(sender, cancellationToken)));

    private async Task SendAllAsync(int sender, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var turn = sender;
        for (var number = 0; number < alertsEach; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Load{sender:00}x{number:0000}");
            while (!await SendAsync(addresses[turn % addresses.Count], name, cancellationToken))
            {
                // As Prometheus does, to the next Alertmanager it knows.
                turn++;
                await pause.WaitForNextTickAsync(cancellationToken);
            }

            Acknowledged.Add(name);
        }
    }

    private async Task<bool> SendAsync(Uri address, string name, CancellationToken cancellationToken)
    {
        var body = $$"""[{"labels":{"alertname":"{{name}}","namespace":"load","service":"{{name}}","severity":"warning"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z"}]""";
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri(address, "api/v2/alerts"), content, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
                return true;

            Refused.AddOrUpdate(answer.StatusCode, 1, static (_, count) => count + 1);
            return false;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The silo is gone, or was while it answered: whether it was accepted is not known, so it is sent again.
            return false;
        }
    }
}
