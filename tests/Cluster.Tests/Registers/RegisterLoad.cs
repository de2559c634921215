using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
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

    private readonly PatientClient _http = new();
    private readonly ConcurrentQueue<RegisterOperation>[] _histories = [.. Enumerable.Range(0, PlaybookCount + 1).Select(static _ => new ConcurrentQueue<RegisterOperation>())];
    private HttpRegister[] _registers = [];
    private int _values;
    private volatile bool _finishing;

    /// <summary>How much has been seen.</summary>
    public int Count => _histories.Sum(static history => history.Count);

    public int Unanswered => _http.Unanswered;

    /// <summary>Answers that no caller should get.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

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
                    $"{violation} of register {place} fits into no order of its history:\n{string.Join('\n', _histories[place].OrderBy(static operation => operation.Begun))}");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Again and again, should the system be away just now; then there is one more that nobody uses.</summary>
    private async Task<string> MakePlaybookAsync(CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(Rest);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silos[0], "v1/platform/playbooks"));
            request.Content = new StringContent(RevisionLoad.Definition(First), Encoding.UTF8, "application/json");
            var answer = await SendAsync(request, tag: null, cancellationToken);
            if (answer.Status == HttpStatusCode.Created)
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
        using var request = _registers[place].Read(silo);
        var answer = await SendAsync(request, tag: null, cancellationToken);
        if (answer.Status != HttpStatusCode.OK)
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
        using var request = _registers[place].Write(silo, value);
        var answer = await SendAsync(request, basis?.Tag, cancellationToken);
        var ended = Stopwatch.GetTimestamp();
        if (answer.Status == HttpStatusCode.PreconditionFailed)
            _histories[place].Enqueue(RegisterOperation.RefusedSwap(basis!.Value.Value, value, begun, ended));
        else if (answer.Status == HttpStatusCode.OK || MayHaveWritten(answer))
            _histories[place].Enqueue(Written(answer.Status == HttpStatusCode.OK ? ended : RegisterOperation.Open));
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.PreconditionFailed))
            Note(answer);

        RegisterOperation Written(long until) => basis is { } swapped
            ? RegisterOperation.Swap(swapped.Value, value, begun, until)
            : RegisterOperation.Write(value, begun, until);
    }

    private async Task<CallEnd> SendAsync(HttpRequestMessage request, string? tag, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await _http.SendAsync(request, cancellationToken);
    }

    private static bool MayHaveWritten(CallEnd answer) =>
        answer.IsAnswered ? Uncertain.Contains((string?)JsonNode.Parse(answer.Body)!["code"]) : answer.WasSent;

    private void Note(CallEnd answer)
    {
        if (answer.IsAnswered && answer.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
            Wrong.Enqueue($"{(int)answer.Status} {answer.Body}");
    }
}
