using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Operators;

/// <summary>One API key. Its snapshot, too.</summary>
public sealed record OperatorKey : IAggregateState<OperatorKey, OperatorKeyEvent>
{
    public static string AggregateType => AggregateTypes.OperatorKey;

    public static OperatorKey Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<OperatorKey> Json => OperatorJson.Default.OperatorKey;

    /// <summary>Null only before the key was issued.</summary>
    public OperatorKeyIssued? Issued { get; init; }

    public bool Revoked { get; init; }

    /// <summary>The last rotation; null before the first.</summary>
    public OperatorKeyRotated? Rotated { get; init; }

    /// <summary>Of the secret before the last rotation.</summary>
    public string? PreviousSha256 { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    [JsonIgnore]
    public string? SecretSha256 => Rotated?.SecretSha256 ?? Issued?.SecretSha256;

    /// <summary>Whoever may know the secret besides its operator. A key that its operator has rotated may have been rotated by its issuer just as well.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> IssuedBy
    {
        get
        {
            IReadOnlyList<string> issuers = Issued is { } issued ? issued.IssuedBy ?? [issued.By] : [];
            return Rotated is { } rotated && rotated.By != Issued?.OperatorId && !issuers.Contains(rotated.By) ? [rotated.By, .. issuers] : issuers;
        }
    }

    [JsonIgnore]
    public OperatorKeyStatus Status => (Issued, Revoked) switch
    {
        (null, _) => OperatorKeyStatus.None,
        (_, true) => OperatorKeyStatus.Revoked,
        _ => OperatorKeyStatus.Issued,
    };

    [JsonIgnore]
    public bool IsEnded => false;

    public OperatorKey Apply(OperatorKeyEvent @event, DateTimeOffset at) => @event switch
    {
        OperatorKeyIssued issued => new OperatorKey { Issued = issued },
        OperatorKeyRevoked => this with { Revoked = true },
        OperatorKeyRotated rotated => this with { Rotated = rotated, PreviousSha256 = SecretSha256 },
        OperatorKeyUsed => this with { LastUsedAt = at },
        _ => throw new InvalidOperationException($"An operator key does not know {@event.GetType().Name}."),
    };
}
