using System.Diagnostics;
using System.Text;
using AwoooP.Journal;

namespace AwoooP.Bench.Journal;

/// <summary>Writers that commit to aggregates of their own, as grains do: one after the other, each with the version it knows.</summary>
internal sealed class GrainCommits(IJournal journal, TimeProvider clock)
{
    private static readonly ReadOnlyMemory<byte> State = Encoding.UTF8.GetBytes(Payload.OneKilobyte);
    private static readonly ReadOnlyMemory<byte> Data = Encoding.UTF8.GetBytes("""{"from":"investigating","to":"mitigating","reason":"a playbook was approved"}""");

    private readonly Dictionary<int, long> _versions = [];
    private AggregateId[] _ids = [];
    private long[] _current = [];

    /// <summary>Makes the aggregates that are not there yet, so that every measured commit is an update.</summary>
    public async Task CreateAsync(int grains)
    {
        _ids = [.. Enumerable.Range(0, grains).Select(number => new AggregateId("incident", $"awoooi/INC-20260115-{number:X6}"))];
        _current = [.. Enumerable.Range(0, grains).Select(number => _versions.GetValueOrDefault(number))];
        await Parallel.ForAsync(0, grains, new ParallelOptions { MaxDegreeOfParallelism = 1024 }, async (number, _) =>
        {
            if (_current[number] == 0)
                await CommitAsync(number);
        });
        Remember();
    }

    public async Task RunAsync(int writers, int grains, TimeSpan time, Measurement measurement)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            // Every writer walks over its own share of the grains, in a scattered order.
            var share = Enumerable.Range(0, grains).Where(number => number % writers == writer).ToArray();
            new Random(writer).Shuffle(share);
            for (var turn = 0; Stopwatch.GetElapsedTime(startedAt) < time; turn++)
            {
                var sentAt = Stopwatch.GetTimestamp();
                await CommitAsync(share[turn % share.Length]);
                measurement.Add(sentAt);
            }
        })));
        measurement.Took(Stopwatch.GetElapsedTime(startedAt));
        Remember();
    }

    private async ValueTask CommitAsync(int number)
    {
        var outcome = await journal.CommitAsync(
            new Commit
            {
                Id = _ids[number],
                ExpectedVersion = _current[number],
                Events = [new NewEvent("incident-mitigated", 1, Data)],
                State = State,
                StateVersion = 1,
                Actor = "platform",
                At = clock.GetUtcNow(),
            },
            CancellationToken.None);
        if (outcome.Status != CommitStatus.Committed)
            throw new InvalidOperationException($"A commit was answered {outcome.Status} ({outcome.Code}).");

        _current[number]++;
    }

    private void Remember()
    {
        for (var number = 0; number < _current.Length; number++)
            _versions[number] = _current[number];
    }
}
