using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.Systems;

/// <summary>
/// Writers that each revise a playbook of their own, one revision after the other, and keep a ledger of what was acknowledged. Each
/// repeats a revision with its idempotency key until it is acknowledged, so that the log must have every one once, in order.
/// </summary>
public sealed class RevisionLoad(IReadOnlyList<Uri> addresses, string key, int writers) : IDisposable
{
    private readonly PlatformClient _platform = new(key);
    private volatile bool _finishing;

    /// <summary>How long a writer rests after a revision.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The last acknowledged revision of every playbook; the first has number 2, and bears it as its name.</summary>
    public ConcurrentDictionary<string, int> Acknowledged { get; } = new();

    /// <summary>Refusals that the writer has not earned: those that do not say "later".</summary>
    public ConcurrentQueue<CallEnd> Wrong { get; } = new();

    /// <summary>Calls that had neither an answer nor an end.</summary>
    public int Unanswered => _platform.Unanswered;

    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, writers).Select(writer => WriteAllAsync(writer, cancellationToken)));

    /// <summary>No revision is begun any more; those that were are still sent until they are acknowledged.</summary>
    public void Finish() => _finishing = true;

    public void Dispose() => _platform.Dispose();

    /// <summary>A playbook that matches nothing that is sent here.</summary>
    public static string Definition(string name) =>
        $$"""{"name":"{{name}}","match":{"alert_names":["Revised"]},"action_pattern":"wait:revised","steps":[{"kind":"wait","name":"Wait","seconds":1}]}""";

    /// <summary>The body of a revision that gives it this name.</summary>
    public static string Revision(string name) => $$"""{"definition":{{Definition(name)}}}""";

    private async Task WriteAllAsync(int writer, CancellationToken cancellationToken)
    {
        // Of this writer alone, and of no other load of the same system.
        var (own, turn) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), writer);
        var playbook = (string)JsonNode.Parse(await UntilDoneAsync(new(HttpMethod.Post, "playbooks", Definition("1")) { IdempotencyKey = $"{own}-1" }))!["playbook_id"]!;
        Acknowledged[playbook] = 1;
        for (var number = 2; !_finishing; number++)
        {
            var name = number.ToString(CultureInfo.InvariantCulture);
            await UntilDoneAsync(new(HttpMethod.Put, $"playbooks/{playbook}", Revision(name)) { IdempotencyKey = $"{own}-{name}" });
            Acknowledged[playbook] = number;
            await Task.Delay(Rest, cancellationToken);
        }

        async Task<string> UntilDoneAsync(PlatformRequest request)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (true)
            {
                var call = await _platform.SendAsync(addresses[turn % addresses.Count], request, cancellationToken);
                if (call.IsDone)
                    return call.Body;

                if (call.IsRefusedForGood)
                    Wrong.Enqueue(call);
                turn++;
                await pause.WaitForNextTickAsync(cancellationToken);
            }
        }
    }
}
