using System.Text.Json;
using AwoooP.Contracts;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>
/// The version by which an agent or a policy is known: the one in force, or the last that was. Everything here is said of the version when it was put
/// in force or taken out of it, so that it is the same however the log was cut.
/// </summary>
/// <param name="FirstActivatedAt">The earliest that the batch knows of; the table keeps the earliest of all.</param>
internal sealed record ContractStanding(ContractVersionRecord Version, JsonElement Document, DateTimeOffset FirstActivatedAt)
{
    public string Name => ContractId.Parse(Version.ContractId).Name;

    public Standing Status => Version.Status is ContractStatus.Active ? Standing.Active : Standing.Inactive;

    public DateTimeOffset? EndedAt => Status is Standing.Active ? null : Version.DeprecatedAt;

    /// <summary>Those of a kind whose standing the events changed.</summary>
    /// <param name="versions">The rows that the events led to.</param>
    public static List<ContractStanding> Of(
        ContractKind kind, IEnumerable<DecodedEvent> events, IReadOnlyDictionary<AggregateKey, ContractVersionRecord> versions) =>
    [
        .. events
            .Where(next => next.Data is ContractActivated or ContractDeprecated && ContractId.Parse(next.LocalKey).Kind == kind)
            .GroupBy(next => next.Key)
            .Select(changes => Of([.. changes], versions)),
    ];

    /// <param name="field">Of the document; empty where it is no text.</param>
    public string Text(string field) => Document.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    public string Json(string field, string absent) => Document.TryGetProperty(field, out var value) ? value.GetRawText() : absent;

    private static ContractStanding Of(List<DecodedEvent> changes, IReadOnlyDictionary<AggregateKey, ContractVersionRecord> versions)
    {
        var version = versions[ContractVersionFold.KeyOf(changes[^1])];
        var first = changes.Find(static next => next.Data is ContractActivated);
        return new ContractStanding(version, JsonElement.Parse(version.Document), first.Data is null ? version.ActivatedAt!.Value : first.At);
    }
}
