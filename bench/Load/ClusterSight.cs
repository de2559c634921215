using System.Globalization;
using System.Text.Json.Nodes;

namespace AwoooP.Bench.Load;

/// <summary>The silos as the cluster tells them at one time.</summary>
/// <param name="Silos">State and incarnation of each silo that ever joined, by its id.</param>
/// <param name="Unowned">Partitions without a living owner.</param>
internal sealed record ClusterSight(string Lease, IReadOnlyDictionary<string, (string State, long Incarnation)> Silos, int Unowned)
{
    public IReadOnlyList<string> Alive => [.. Silos.Where(static silo => silo.Value.State == "alive").Select(static silo => silo.Key).Order(StringComparer.Ordinal)];

    public static ClusterSight Of(JsonNode report) => new(
        (string)report["lease"]!,
        report["silos"]!.AsArray().ToDictionary(
            static silo => (string)silo!["silo_id"]!, static silo => ((string)silo!["state"]!, (long)silo!["incarnation"]!), StringComparer.Ordinal),
        (int)report["unowned_partitions"]!);

    /// <summary>What became of each silo that is not as it was.</summary>
    public IReadOnlyList<string> ChangesSince(ClusterSight before) =>
    [
        .. Silos.Where(silo => !before.Silos.TryGetValue(silo.Key, out var was) || was != silo.Value)
            .OrderBy(static silo => silo.Key, StringComparer.Ordinal)
            .Select(silo => Change(silo.Key, before.Silos.GetValueOrDefault(silo.Key), silo.Value)),
        .. before.Silos.Keys.Where(id => !Silos.ContainsKey(id)).Order(StringComparer.Ordinal).Select(static id => $"{id} is gone"),
    ];

    private static string Change(string id, (string? State, long Incarnation) was, (string State, long Incarnation) now)
    {
        if (was.State is null)
            return $"{id} joined, {now.State}";

        return was.Incarnation == now.Incarnation
            ? $"{id} was {was.State}, is {now.State}"
            : string.Create(CultureInfo.InvariantCulture, $"{id} joined again, {now.State} (incarnation {now.Incarnation})");
    }
}
