using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using AwoooP.Demo;

namespace AwoooP.Systems;

/// <summary>
/// Senders that post alerts of their own and keep a ledger of what was acknowledged. Each sends an alert again until it is
/// acknowledged, as Prometheus does.
/// </summary>
/// <param name="alertsEach">After so many a sender has done its work; it may be told to <see cref="Finish"/> before.</param>
public sealed class AlertLoad(IReadOnlyList<Uri> addresses, int senders, int alertsEach = int.MaxValue) : IDisposable
{
    private readonly PatientClient _http = new();
    private volatile bool _finishing;

    /// <summary>What the names of its alerts begin with, between "Load" and their numbers.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How long a sender rests after an alert. Default: not at all.</summary>
    public TimeSpan Rest { get; init; }

    /// <summary>The names of the alerts that were answered with 200.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>Answers other than 200, by status.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Refused { get; } = new();

    /// <summary>Calls that had neither an answer nor an end.</summary>
    public int Unanswered => _http.Unanswered;

    public int Total => senders * alertsEach;

    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(sender => SendAllAsync(sender, cancellationToken)));

    /// <summary>No alert is begun any more; those that were are still sent until they are acknowledged.</summary>
    public void Finish() => _finishing = true;

    public void Dispose() => _http.Dispose();

    private async Task SendAllAsync(int sender, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var turn = sender;
        for (var number = 0; number < alertsEach && !_finishing; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Load{Prefix}{sender:00}x{number:0000}");
            while (!await SendAsync(addresses[turn % addresses.Count], name, cancellationToken))
            {
                // As Prometheus does, to the next Alertmanager it knows.
                turn++;
                await pause.WaitForNextTickAsync(cancellationToken);
            }

            Acknowledged.Add(name);
            if (Rest > TimeSpan.Zero)
                await Task.Delay(Rest, cancellationToken);
        }
    }

    private async Task<bool> SendAsync(Uri address, string name, CancellationToken cancellationToken)
    {
        var body = $$"""[{"labels":{"alertname":"{{name}}","namespace":"load","service":"{{name}}","severity":"warning"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z"}]""";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "api/v2/alerts"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };

        // When the silo is gone, or was while it answered, it is not known whether it was accepted, so it is sent again.
        var call = await _http.SendAsync(request, cancellationToken);
        if (call.IsAnswered && call.Status != HttpStatusCode.OK)
            Refused.AddOrUpdate(call.Status, 1, static (_, count) => count + 1);
        return call.Status == HttpStatusCode.OK;
    }
}
