using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.Bench.Load;

/// <summary>Reads from the API, at the next entrance where one does not answer, until there is an answer.</summary>
internal sealed class PlatformReader(PlatformClient platform, IReadOnlyList<Uri> entrances)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private int _turn;

    /// <param name="after">A position that the answer must show; null for none.</param>
    /// <param name="limit">Ends the trying.</param>
    public async Task<JsonNode> GetAsync(string path, string? after, CancellationToken limit)
    {
        using var pause = new PeriodicTimer(RetryPause);
        while (true)
        {
            var answer = await platform.SendAsync(entrances[_turn % entrances.Count], new PlatformRequest(HttpMethod.Get, path) { After = after }, limit);
            if (answer.IsDone)
                return JsonNode.Parse(answer.Body)!;
            if (answer.IsRefusedForGood)
                throw new InvalidOperationException($"GET {path} was answered with {(int)answer.Status}: {answer.Body}");

            _turn++;
            await pause.WaitForNextTickAsync(limit);
        }
    }

    /// <summary>Every page of a list.</summary>
    /// <param name="path">With a query.</param>
    public async IAsyncEnumerable<JsonNode> ListAsync(string path, [EnumeratorCancellation] CancellationToken limit)
    {
        var next = path;
        while (next is not null)
        {
            var page = await GetAsync(next, after: null, limit);
            foreach (var item in page["items"]!.AsArray())
                yield return item!;

            next = (string?)page["next_cursor"] is { } cursor ? $"{path}&cursor={Uri.EscapeDataString(cursor)}" : null;
        }
    }
}
