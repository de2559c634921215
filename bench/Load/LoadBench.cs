using System.Diagnostics;
using System.Globalization;
using System.Net;
using AwoooP.Client.Cli;
using AwoooP.Demo;

namespace AwoooP.Bench.Load;

/// <summary>
/// Acknowledged writes to a cluster that runs, and a ledger of them that is compared at the end with what the cluster tells: whoever
/// kills a silo meanwhile sees what that costs.
/// </summary>
internal sealed class LoadBench(LoadSettings settings, LoadTargets targets, string key, Action<string> say)
{
    /// <summary>One client in so many revises a playbook.</summary>
    private const int ClientsPerPlaybook = 4;

    /// <summary>More than a call waits for a grain that no silo owns. What was given up is sent again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>An entrance that is silent for longer is passed over when the silos are looked at meanwhile.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>For writes that were begun when the time was over.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(30);

    /// <summary>So long after the load its alerts end by themselves.</summary>
    private static readonly TimeSpan AlertsLast = TimeSpan.FromMinutes(10);

    /// <summary>Between two revisions, whatever the rate: a key may make 200 requests a second.</summary>
    private static readonly TimeSpan LeastRevisionPace = TimeSpan.FromMilliseconds(10);

    /// <summary>With the settings of the arguments, at the system that was started here, as its first operator unless <c>AWOOOP_KEY</c> is another's.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            var settings = LoadSettings.Parse(arguments);
            var data = Path.GetFullPath(Environment.GetEnvironmentVariable("AWOOOP_DATA") ?? ".awooop");
            var targets = settings.Addresses.Count > 0
                ? new LoadTargets(settings.Addresses, settings.Addresses)
                : LoadTargets.Find(data, new Uri(Environment.GetEnvironmentVariable("AWOOOP_URL") ?? "http://127.0.0.1:8080"));
            var key = Environment.GetEnvironmentVariable("AWOOOP_KEY") is { Length: > 0 } named ? named : await File.ReadAllTextAsync(Path.Combine(data, "operator.key"));
            return await new LoadBench(settings, targets, key.Trim(), Console.WriteLine).RunAsync();
        }
        catch (FormatException wrong)
        {
            Console.Error.WriteLine($"bench load: {wrong.Message}");
            return ExitCodes.Invalid;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            Console.Error.WriteLine($"bench load: there is no operator key; set AWOOOP_KEY, or bring AwoooP up. {fault.Message}");
            return ExitCodes.NotAllowed;
        }
    }

    /// <summary>The exit code.</summary>
    public async Task<int> RunAsync()
    {
        using var arrival = new ClusterWatch(targets.Entrances, key, Patience);
        using var watch = new ClusterWatch(targets.Entrances, key, Glance);
        using var platform = new PlatformClient(key, Patience);
        if (await arrival.LookAsync(CancellationToken.None) is not { } silos)
            return Unlooked(arrival.Last);

        var began = TimeProvider.System.GetLocalNow();
        var load = NameOf(began);
        var writers = WritersOf(load, began);
        PlaybookWriter[] playbooks = [.. writers.OfType<PlaybookWriter>()];
        var ledger = new LoadLedger();
        Introduce(silos);
        try
        {
            await WriteAsync(writers, platform, ledger, watch, silos);
            say("Waiting until all is worked off, and reading it back ...");
            var back = new ReadBack(targets, key, new PlatformReader(platform, targets.Entrances), watch, say);
            var verdict = await back.CheckAsync(load, began, ledger, playbooks, TimeSpan.FromSeconds(settings.Settle));
            foreach (var line in new LoadReport(settings.Clients, began, settings.Time).Lines(ledger.Acknowledged, verdict))
                say(line);
            return verdict.IsWhole ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            say($"Not everything could be read back within {settings.Settle} s, so nothing is proven; --settle N takes longer.");
            return ExitCodes.Failed;
        }
        catch (InvalidOperationException fault)
        {
            say($"It ended early: {fault.Message}");
            return ExitCodes.Failed;
        }
        finally
        {
            await ArchiveAsync(platform, playbooks);
        }
    }

    private async Task WriteAsync(IReadOnlyList<IWriter> writers, PlatformClient platform, LoadLedger ledger, ClusterWatch watch, ClusterSight silos)
    {
        using var ending = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource(settings.Time + LastWrites);
        var started = Stopwatch.GetTimestamp();
        var progress = new LoadProgress(watch, ledger, say).RunAsync(started, silos, ending.Token);
        try
        {
            await Task.WhenAll(writers.Select(RunAsync));
        }
        finally
        {
            await ending.CancelAsync();
            await progress;
        }

        async Task RunAsync(IWriter writer, int index)
        {
            try
            {
                await new LoadClient(index + 1, writer, platform, targets.Entrances, ledger).RunAsync(started, settings.Time, PaceOf(writer), giveUp.Token);
            }
            catch
            {
                // What is wrong with one is wrong with all: nobody is to wait for the end of the time.
                await giveUp.CancelAsync();
                throw;
            }
        }
    }

    private IReadOnlyList<IWriter> WritersOf(string load, DateTimeOffset began) =>
    [
        .. Enumerable.Range(1, settings.Clients).Select(client => string.Create(CultureInfo.InvariantCulture, $"{load}-c{client}")).Select(
            (name, index) => (index + 1) % ClientsPerPlaybook == 0 ? (IWriter)new PlaybookWriter(name) : new AlertSender(name, began, began + settings.Time + AlertsLast)),
    ];

    private TimeSpan PaceOf(IWriter writer)
    {
        var least = LeastRevisionPace * (settings.Clients / ClientsPerPlaybook);
        return writer is PlaybookWriter && settings.Pace < least ? least : settings.Pace;
    }

    /// <summary>Of letters alone, in which no redaction sees a number of somebody, and another one for each load.</summary>
    private static string NameOf(DateTimeOffset began)
    {
        const string Letters = "bcdfghjklmnpqrstvwxz";
        var name = "";
        for (var rest = began.ToUnixTimeMilliseconds(); rest > 0; rest /= Letters.Length)
            name += Letters[(int)(rest % Letters.Length)];
        return name;
    }

    private void Introduce(ClusterSight silos)
    {
        say($"{settings.Clients} clients, {settings.Rate} writes/s, {settings.Seconds} s, at {string.Join(' ', targets.Entrances.Select(static entrance => entrance.GetLeftPart(UriPartial.Authority)))}");
        say($"Silos alive: {string.Join(' ', silos.Alive)}. One that falls silent is replaced once its lease ({silos.Lease}) has run out.");
    }

    private int Unlooked(CallEnd last)
    {
        say(last.IsAnswered
            ? $"The cluster's silos could not be read: {(int)last.Status} {last.Body}"
            : $"Nobody answers at {string.Join(' ', targets.Entrances)}. Is AwoooP up?");
        return last.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCodes.NotAllowed,
            _ => last.IsAnswered ? ExitCodes.Failed : ExitCodes.Unreachable,
        };
    }

    /// <summary>A draft that nobody wants is out of the way in the archive; when no entrance takes the word it stays a draft.</summary>
    private async Task ArchiveAsync(PlatformClient platform, IEnumerable<PlaybookWriter> playbooks)
    {
        foreach (var playbook in playbooks.Select(static playbook => playbook.PlaybookId).OfType<string>())
        {
            var request = new PlatformRequest(HttpMethod.Post, $"playbooks/{playbook}/archive", """{"reason":"The load has ended."}""");
            foreach (var entrance in targets.Entrances)
            {
                if ((await platform.SendAsync(entrance, request, CancellationToken.None)).IsDone)
                    break;
            }
        }
    }
}
