using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.Bench.Load;

/// <summary>Looks at the silos through whichever entrance answers soon.</summary>
/// <param name="patience">How long each entrance is given.</param>
internal sealed class ClusterWatch(IReadOnlyList<Uri> entrances, string key, TimeSpan patience) : IDisposable
{
    private static readonly PlatformRequest Report = new(HttpMethod.Get, "cluster");

    private readonly PlatformClient _platform = new(key, patience);
    private int _turn;

    /// <summary>How the last call ended.</summary>
    public CallEnd Last { get; private set; }

    /// <returns>Null when no entrance answers in time.</returns>
    public async Task<ClusterSight?> LookAsync(CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < entrances.Count; tries++)
        {
            Last = await _platform.SendAsync(entrances[_turn % entrances.Count], Report, cancellationToken);
            if (Last.IsDone)
                return ClusterSight.Of(JsonNode.Parse(Last.Body)!);

            _turn++;
        }

        return null;
    }

    public void Dispose() => _platform.Dispose();
}
