using AwoooP.Alerts;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>alert_member</c>. Events name members whole or only move their ends, so nothing has to be read first.</summary>
internal sealed class AlertMemberProjection() : Projection(
    "records.alert_members",
    ["public.alert_member"],
    typeof(AlertFired), typeof(AlertOccurred), typeof(AlertMembersSeen), typeof(AlertMembersRenewed), typeof(AlertMembersEnded))
{
    protected override async Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken)
    {
        var words = LastWords(events);
        await AlertMemberStatements.Upsert.ExecuteAsync(connection, [.. words.Where(word => word.Sent is not null)], cancellationToken);
        await AlertMemberStatements.Move.ExecuteAsync(connection, [.. words.Where(word => word.Sent is null)], cancellationToken);
    }

    private static IReadOnlyCollection<MemberWord> LastWords(List<DecodedEvent> events)
    {
        var words = new Dictionary<(AggregateKey Alert, string Member), MemberWord>();
        foreach (var next in events)
        {
            switch (next.Data)
            {
                case AlertFired fired:
                    Send(next, new(fired.Identity, fired.Classification, fired.Member));
                    break;
                case AlertOccurred occurred:
                    Send(next, new(occurred.Identity, occurred.Classification, occurred.Member));
                    break;
                case AlertMembersSeen seen:
                    foreach (var member in seen.Members)
                        Send(next, new(seen.Identity, seen.Classification, member));
                    break;
                case AlertMembersRenewed renewed:
                    foreach (var member in renewed.Members)
                        Renew(next, member);
                    break;
                case AlertMembersEnded ended:
                    foreach (var member in ended.Members)
                        End(next, member);
                    break;
            }
        }

        return words.Values;

        void Send(DecodedEvent next, SentMember sent) => words[(next.Key, sent.Member.MemberId)] = new MemberWord(
            next.ProjectId, next.LocalKey, sent.Member.MemberId, next.At, sent, sent.Member.EndsAt, null, sent.Member.ReceivedAt);

        void Renew(DecodedEvent next, RenewedMember member) => Move(next, member.MemberId, member.EndsAt, null, member.ReceivedAt);

        void End(DecodedEvent next, EndedMember member) => Move(next, member.MemberId, member.EndedAt, member.EndedAt, null);

        void Move(DecodedEvent next, string memberId, DateTimeOffset endsAt, DateTimeOffset? endedAt, DateTimeOffset? receivedAt)
        {
            var word = words.GetValueOrDefault((next.Key, memberId));
            words[(next.Key, memberId)] = new MemberWord(
                next.ProjectId, next.LocalKey, memberId, next.At, word?.Sent, endsAt, endedAt, receivedAt ?? word?.ReceivedAt);
        }
    }
}
