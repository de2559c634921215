using AwoooP.Alerts;

namespace AwoooP.Records;

/// <summary>The last word of a batch about one member: how it was sent, that it goes on, that it ended.</summary>
/// <param name="Sent">As it was sent whole; null when the batch only moves its end.</param>
/// <param name="EndsAt">The end that was said last.</param>
/// <param name="EndedAt">Null while it fires.</param>
/// <param name="ReceivedAt">When it was last said that it fires; null when the batch only says that it ended.</param>
internal sealed record MemberWord(
    string ProjectId,
    string Fingerprint,
    string MemberId,
    DateTimeOffset At,
    SentMember? Sent,
    DateTimeOffset EndsAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? ReceivedAt);

internal sealed record SentMember(AlertIdentity Identity, AlertClassification Classification, AlertMember Member);
