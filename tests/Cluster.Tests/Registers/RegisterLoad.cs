using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests.Registers;

/// <summary>
/// Callers that read, write and swap a few registers, each by one silo whatever becomes of it, and keep the history of each register.
/// </summary>
internal sealed class RegisterLoad(IReadOnlyList<Uri> silos, string key, int seed) : IDisposable
{
    private const int CallersOfSilo = 2;
    private const int PlaybookCount = 3;
    private const string First = "0";

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <summary>Refusals after which the caller cannot know whether its command was carried out; all others promise that nothing was changed.</summary>
    private static readonly string[] Uncertain = ["outcome_unknown", "timeout", "lease_lost", "stopping", "changed_not_read"];

    private readonly PlatformClient _platform = new(key);
    private readonly ConcurrentQueue<RegisterOperation>[] _histories = [.. Enumerable.Range(0, PlaybookCount + 1).Select(static _ => new ConcurrentQueue<RegisterOperation>())];
    private HttpRegister[] _registers = [];
    private int _values;
    private volatile bool _finishing;

    /// <summary>How much has been seen.</summary>
    public int Count => _histories.Sum(static history => history.Count);

    public int Unanswered => _platform.Unanswered;

    /// <summary>Answers that no caller should get.</summary>
    public ConcurrentQueue<CallEnd> Wrong { get; } = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var playbooks = await Task.WhenAll(Enumerable.Range(0, PlaybookCount).Select(_ => MakePlaybookAsync(cancellationToken)));
        _registers = [.. playbooks.Select(static playbook => new HttpRegister.PlaybookName(playbook, First)), new HttpRegister.PauseReason(playbooks[0])];
        await Task.WhenAll(Enumerable.Range(0, silos.Count * CallersOfSilo).Select(caller => CallAsync(caller, cancellationToken)));
    }

    public void Finish() => _finishing = true;

    /// <summary>Every answer must fit into one order of what was done to its register.</summary>
    public void Check()
    {
        for (var place = 0; place < _registers.Length; place++)
        {
            if (Linearizability.FindViolation(_histories[place], _registers[place].Initial) is { } violation)
                throw new InvalidOperationException(
                    $"No order of the history of register {place} gets past {violation}:\n{string.Join('\n', _histories[place].OrderBy(static operation => operation.Begun))}");
        }
    }

    public void Dispose() => _platform.Dispose();

    /// <summary>Again and again, should the system be away just now; then there is one more that nobody uses.</summary>
    private async Task<string> MakePlaybookAsync(CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(Rest);
        while (true)
        {
            var answer = await _platform.SendAsync(silos[0], new(HttpMethod.Post, "playbooks", RevisionLoad.Definition(First)), cancellationToken);
            if (answer.IsDone)
                return (string)JsonNode.Parse(answer.Body)!["playbook_id"]!;

            Note(answer);
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task CallAsync(int caller, CancellationToken cancellationToken)
    {
        var random = new Random(seed + caller);
        var silo = silos[caller % silos.Count];
        var read = new (string? Value, string Tag)?[_registers.Length];
        while (!_finishing)
        {
            var place = random.Next(_registers.Length);
            switch (random.Next(4))
            {
                case 0:
                    await WriteAsync(silo, place, basis: null, cancellationToken);
                    break;
                case 1 when read[place] is { } basis:
                    await WriteAsync(silo, place, basis, cancellationToken);
                    break;
                default:
                    read[place] = await ReadAsync(silo, place, cancellationToken);
                    break;
            }

            await Task.Delay(Rest, cancellationToken);
        }
    }

    /// <summary>What was read, with its ETag where there is one.</summary>
    private async Task<(string? Value, string Tag)?> ReadAsync(Uri silo, int place, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var answer = await _platform.SendAsync(silo, _registers[place].Read(), cancellationToken);
        if (!answer.IsDone)
        {
            Note(answer);
            return null;
        }

        var value = _registers[place].ValueOf(JsonNode.Parse(answer.Body)!);
        _histories[place].Enqueue(RegisterOperation.Read(value, begun, Stopwatch.GetTimestamp()));
        return _registers[place].CanSwap ? (value, answer.Tag!) : null;
    }

    /// <param name="basis">What the register has to hold still; null writes whatever it holds.</param>
    private async Task WriteAsync(Uri silo, int place, (string? Value, string Tag)? basis, CancellationToken cancellationToken)
    {
        var value = $"{Interlocked.Increment(ref _values)}";
        var begun = Stopwatch.GetTimestamp();
        var answer = await _platform.SendAsync(silo, _registers[place].Write(value) with { Tag = basis?.Tag }, cancellationToken);
        var ended = Stopwatch.GetTimestamp();
        if (answer.Status == HttpStatusCode.PreconditionFailed)
            _histories[place].Enqueue(RegisterOperation.RefusedSwap(basis!.Value.Value, value, begun, ended));
        else if (answer.IsDone || MayHaveWritten(answer))
            _histories[place].Enqueue(Written(answer.IsDone ? ended : RegisterOperation.Open));
        if (answer.Status != HttpStatusCode.PreconditionFailed)
            Note(answer);

        RegisterOperation Written(long until) => basis is { } swapped
            ? RegisterOperation.Swap(swapped.Value, value, begun, until)
            : RegisterOperation.Write(value, begun, until);
    }

    private static bool MayHaveWritten(CallEnd answer) =>
        answer.IsAnswered ? Uncertain.Contains((string?)JsonNode.Parse(answer.Body)!["code"]) : answer.WasSent;

    private void Note(CallEnd answer)
    {
        if (answer.IsRefusedForGood)
            Wrong.Enqueue(answer);
    }
}
