using AwoooP.Alerts;

namespace AwoooP.Records;

/// <summary>The last word of a batch about one member: how it was sent, that it ended, or both.</summary>
/// <param name="Sent">Null when the batch only says that it ended.</param>
internal sealed record MemberWord(string ProjectId, string Fingerprint, string MemberId, DateTimeOffset At, SentMember? Sent, DateTimeOffset? EndedAt);

internal sealed record SentMember(AlertIdentity Identity, AlertClassification Classification, AlertMember Member);
