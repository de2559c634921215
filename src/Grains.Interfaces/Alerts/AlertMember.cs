namespace AwoooP.Alerts;

/// <summary>
/// One alert as a sender names it: validated, redacted, with its times filled in. Its identity is its full label set;
/// alerts of one fingerprint share one alert grain.
/// </summary>
/// <param name="MemberId">16 lower-case hex digits over the sorted label set (Alertmanager's identity).</param>
/// <param name="EndsAt">When it ended, or when it will be taken as ended unless it is sent again.</param>
/// <param name="ReceivedAt">Durable time of its acceptance; older news about a member never overrides newer.</param>
public sealed record AlertMember(
    string MemberId,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset ReceivedAt,
    string? GeneratorUrl,
    string Source);
