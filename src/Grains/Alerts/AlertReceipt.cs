namespace AwoooP.Alerts;

/// <summary>Works through one batch of news in order and gathers the events that it amounts to. One use a batch.</summary>
internal sealed class AlertReceipt(Alert alert, ReceiveAlerts command, DateTimeOffset now)
{
    private readonly List<AlertEvent> _events = [];
    private readonly Dictionary<string, AlertMember> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RenewedMember> _renewed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EndedMember> _ended = new(StringComparer.Ordinal);
    private readonly IntakeMark? _mark = command.Items.Count == 0 ? null : new IntakeMark(command.Partition, command.Items[^1].Order);

    /// <summary>The alert with all that was worked through.</summary>
    public Alert Alert { get; private set; } = alert;

    /// <summary>Members passed over because the alert has as many as it may.</summary>
    public int OverLimit { get; private set; }

    public IReadOnlyList<AlertEvent> Work()
    {
        var taken = Alert.Marks.GetValueOrDefault(command.Partition, -1);
        foreach (var (order, member, startAssumed) in command.Items)
        {
            if (order > taken)
                Take(member, startAssumed);
        }

        Flush();
        return _events;
    }

    private void Take(AlertMember news, bool startAssumed)
    {
        var tracked = Alert.Members.GetValueOrDefault(news.MemberId);
        var quiet = Alert.Quiet.GetValueOrDefault(news.MemberId);
        if (news.ReceivedAt < (tracked?.ReceivedAt ?? quiet?.ReceivedAt))
            return;

        if (news.EndsAt <= news.ReceivedAt)
        {
            if (tracked is not null)
                End(news);
            else if (quiet?.EndedAt != news.EndsAt)
                Note(news);
        }
        else if (tracked is null)
        {
            Appear(news, quiet?.StartsAt);
        }
        else if (news.StartsAt > tracked.StartsAt && !startAssumed)
        {
            Occur(news);
        }
        else
        {
            See(tracked, news);
        }
    }

    /// <summary>
    /// A member that was not firing. With a start time of before, it is the same occurrence that was taken as ended too early, and keeps the
    /// start that was counted: of two senders one may have seen it begin a little later.
    /// </summary>
    private void Appear(AlertMember news, DateTimeOffset? counted)
    {
        var isOccurrence = !(news.StartsAt <= counted);
        if (!isOccurrence)
            news = news with { StartsAt = counted!.Value };
        if (Alert.Members.Count >= AlertLimits.MaxMembers)
        {
            OverLimit++;
            return;
        }

        if (AlertTransitions.Table.Decide(Alert.Status, AlertTrigger.Fire, default).Refusal is null)
            Fire(news, isOccurrence);
        else if (isOccurrence)
            Occur(news);
        else
            Remember(news);
    }

    private void Fire(AlertMember news, bool isOccurrence)
    {
        Flush();
        var history = isOccurrence ? Alert.History.Add(news.ReceivedAt) : Alert.History;
        Raise(new AlertFired(
            command.Identity,
            command.Classification,
            news,
            Alert.HitCount + (isOccurrence ? 1 : 0),
            history.At(now),
            Alert.IncidentId,
            Alert.ResolvedAt,
            _mark));
    }

    private void Occur(AlertMember news)
    {
        // What was gathered about this member is older than the occurrence, and must not be told after it.
        _seen.Remove(news.MemberId);
        _renewed.Remove(news.MemberId);
        if (_ended.ContainsKey(news.MemberId))
            Flush();
        Raise(new AlertOccurred(command.Identity, command.Classification, news, Alert.HitCount + 1, Alert.IncidentId, _mark));
    }

    private void See(TrackedMember tracked, AlertMember news)
    {
        var isChanged = tracked.Content != TrackedMember.ContentOf(news);
        if (!isChanged && tracked.EndsAt == news.EndsAt)
            return;

        if (isChanged || _seen.ContainsKey(news.MemberId))
            Remember(news with { StartsAt = tracked.StartsAt });
        else
            Renew(new RenewedMember(news.MemberId, news.EndsAt, news.ReceivedAt));
    }

    private void Remember(AlertMember news)
    {
        if (_ended.ContainsKey(news.MemberId))
            Flush();
        _renewed.Remove(news.MemberId);
        _seen[news.MemberId] = news;
        Alert = Alert.Apply(new AlertMembersSeen(command.Identity, command.Classification, [news], Alert.HitCount), now);
    }

    private void Renew(RenewedMember renewed)
    {
        _renewed[renewed.MemberId] = renewed;
        Alert = Alert.Apply(new AlertMembersRenewed([renewed]), now);
    }

    /// <summary>The end of a member that does not fire, as far as is known here: an older firing may still be on its way over another partition.</summary>
    private void Note(AlertMember news)
    {
        var ended = new EndedMember(news.MemberId, news.EndsAt, news.ReceivedAt);
        _ended[news.MemberId] = ended;
        Alert = Alert.Apply(new AlertMembersEnded([ended]), now);
    }

    private void End(AlertMember news)
    {
        Note(news);
        if (!Alert.Members.IsEmpty)
            return;

        Flush();
        Raise(new AlertResolved(command.Identity, Alert.IncidentId));
    }

    /// <summary>Tells what was gathered. What a member says after its end is never gathered together with that end, so ends come last.</summary>
    private void Flush()
    {
        foreach (var members in Portions(_seen.Values.Where(member => !_ended.ContainsKey(member.MemberId))))
            _events.Add(new AlertMembersSeen(command.Identity, command.Classification, members, Alert.HitCount, _mark));
        if (_renewed.Values.Where(member => !_ended.ContainsKey(member.MemberId)).ToArray() is { Length: > 0 } renewed)
            _events.Add(new AlertMembersRenewed(renewed, _mark));
        if (_ended.Count > 0)
            _events.Add(new AlertMembersEnded([.. _ended.Values], _mark));
        _seen.Clear();
        _renewed.Clear();
        _ended.Clear();
    }

    private void Raise(AlertEvent raised)
    {
        _events.Add(raised);
        Alert = Alert.Apply(raised, now);
    }

    private static IEnumerable<List<AlertMember>> Portions(IEnumerable<AlertMember> members)
    {
        var portion = new List<AlertMember>();
        var characters = 0;
        foreach (var member in members)
        {
            var size = SizeOf(member);
            if (portion.Count > 0 && characters + size > AlertLimits.MaxEventCharacters)
            {
                yield return portion;
                portion = [];
                characters = 0;
            }

            portion.Add(member);
            characters += size;
        }

        if (portion.Count > 0)
            yield return portion;
    }

    private static int SizeOf(AlertMember member) =>
        256 + member.Labels.Sum(label => label.Key.Length + label.Value.Length + 8)
            + member.Annotations.Sum(annotation => annotation.Key.Length + annotation.Value.Length + 8);
}
