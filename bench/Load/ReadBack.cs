using System.Globalization;
using System.Net.Http.Headers;
using AwoooP.Bench.Intake;

namespace AwoooP.Bench.Load;

/// <summary>Waits until all that a load wrote is worked off, and reads it back through the API.</summary>
internal sealed class ReadBack(LoadTargets targets, string key, PlatformReader reader, ClusterWatch watch, Action<string> say)
{
    /// <summary>Where this machine's clock may be ahead of PostgreSQL's.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(5);

    /// <summary>Rows of a page: the most that the API gives.</summary>
    private const int Page = 200;

    /// <param name="load">What the names of its chains begin with.</param>
    /// <param name="began">When it began.</param>
    /// <param name="limit">For all of it; what is missing then is lost.</param>
    /// <exception cref="OperationCanceledException">Not even once could everything be read.</exception>
    public async Task<Verdict> CheckAsync(
        string load, DateTimeOffset began, LoadLedger ledger, IReadOnlyCollection<PlaybookWriter> playbooks, TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        await WorkOffAsync(limit / 2, end.Token);
        Write[] acknowledged = [.. ledger.Acknowledged.Select(static told => told.Write)];
        var lines = new StoryLines(load, acknowledged.Concat(ledger.Unknown).ToDictionary(AlertSender.MemberIdOf, StringComparer.Ordinal));
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        Verdict? verdict = null;
        try
        {
            do
            {
                foreach (var position in playbooks.Select(static playbook => playbook.Position).OfType<string>())
                    await reader.GetAsync("playbooks?limit=1", position, end.Token);
                var told = await ToldAsync(lines, began - ClockMargin, end.Token);
                verdict = LedgerCheck.Check(acknowledged, ledger.Unknown, told, await ListedAsync(began - ClockMargin, end.Token));
            }
            while (verdict.Lost.Count > 0 && await pause.WaitForNextTickAsync(end.Token));
        }
        catch (OperationCanceledException) when (verdict is not null && end.IsCancellationRequested)
        {
            // It was there for long enough to be told: what the last reading did not find is lost.
        }

        return verdict;
    }

    /// <summary>In the order in which it happened.</summary>
    private async Task<IReadOnlyList<ToldWrite>> ToldAsync(StoryLines lines, DateTimeOffset since, CancellationToken end)
    {
        var told = new List<ToldWrite>();
        await foreach (var line in reader.ListAsync($"timeline?since={UtcText.Of(since)}&limit={Page}", end))
        {
            if (lines.Read(line) is { } write)
                told.Add(write);
        }

        // The list begins with the newest.
        told.Reverse();
        return told;
    }

    private async Task<IReadOnlySet<string>> ListedAsync(DateTimeOffset since, CancellationToken end)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var incident in reader.ListAsync($"incidents?since={UtcText.Of(since)}&limit={Page}", end))
            listed.Add((string)incident["incident_id"]!);
        await foreach (var playbook in reader.ListAsync($"playbooks?limit={Page}", end))
            listed.Add((string)playbook["playbook_id"]!);
        return listed;
    }

    private async Task WorkOffAsync(TimeSpan most, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(most);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            // Twice in a row: what one silo works off becomes work of another, which may have been looked at before.
            for (var quiet = 0; quiet < 2;)
            {
                await pause.WaitForNextTickAsync(limit.Token);
                quiet = await IsQuietAsync(http, limit.Token) ? quiet + 1 : 0;
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !end.IsCancellationRequested)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"Not all is worked off after {most.TotalSeconds:0} s; it is read back all the same."));
        }
    }

    /// <summary>Whether every silo that lives tells that it has nothing left to do, and every partition has an owner among them.</summary>
    private async Task<bool> IsQuietAsync(HttpClient http, CancellationToken limit)
    {
        if (await watch.LookAsync(limit) is not { Unowned: 0 } sight)
            return false;

        Backlog[] told = [.. (await Task.WhenAll(targets.Silos.Select(silo => BacklogAsync(http, silo, limit)))).OfType<Backlog>()];
        return told.Length >= sight.Alive.Count && told.All(static backlog => backlog.IsEmpty);
    }

    /// <returns>Null of a silo that does not answer.</returns>
    private static async Task<Backlog?> BacklogAsync(HttpClient http, Uri silo, CancellationToken limit)
    {
        try
        {
            return await Backlog.ReadAsync(http, silo, limit);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !limit.IsCancellationRequested)
        {
            return null;
        }
    }
}
