using AwoooP.Alerts;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>alert_member</c>. Events name members whole, so nothing has to be read first.</summary>
internal sealed class AlertMemberProjection() : Projection(
    "records.alert_members",
    ["public.alert_member"],
    typeof(AlertFired), typeof(AlertOccurred), typeof(AlertMembersSeen), typeof(AlertMembersEnded))
{
    protected override async Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken)
    {
        var words = LastWords(events);
        await AlertMemberStatements.Upsert.ExecuteAsync(connection, [.. words.Where(word => word.Sent is not null)], cancellationToken);
        await AlertMemberStatements.End.ExecuteAsync(connection, [.. words.Where(word => word.Sent is null)], cancellationToken);
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
                case AlertMembersEnded ended:
                    foreach (var member in ended.Members)
                        End(next, member);
                    break;
            }
        }

        return words.Values;

        void Send(DecodedEvent next, SentMember sent) =>
            words[(next.Key, sent.Member.MemberId)] = new(next.ProjectId, next.LocalKey, sent.Member.MemberId, next.At, sent, null);

        void End(DecodedEvent next, EndedMember ended)
        {
            var sent = words.GetValueOrDefault((next.Key, ended.MemberId))?.Sent;
            words[(next.Key, ended.MemberId)] = new(next.ProjectId, next.LocalKey, ended.MemberId, next.At, sent, ended.EndedAt);
        }
    }
}
