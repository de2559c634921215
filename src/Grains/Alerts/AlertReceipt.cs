namespace AwoooP.Alerts;

/// <summary>Works through one batch of news in order and gathers the events that it amounts to. One use a batch.</summary>
internal sealed class AlertReceipt(Alert alert, ReceiveAlerts command, DateTimeOffset now)
{
    private readonly List<AlertEvent> _events = [];
    private readonly Dictionary<string, AlertMember> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EndedMember> _ended = new(StringComparer.Ordinal);
    private readonly IntakeMark? _mark = command.Items.Count == 0 ? null : new IntakeMark(command.Partition, command.Items[^1].Order);
    private Alert _alert = alert;

    /// <summary>Members passed over because the alert has as many as it may.</summary>
    public int OverLimit { get; private set; }

    public IReadOnlyList<AlertEvent> Work()
    {
        var taken = _alert.Marks.GetValueOrDefault(command.Partition, -1);
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
        var tracked = _alert.Members.GetValueOrDefault(news.MemberId);
        var quiet = _alert.Quiet.GetValueOrDefault(news.MemberId);
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
            Appear(news, isOccurrence: !(news.StartsAt <= quiet?.StartsAt));
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

    /// <summary>A member that was not firing. With the start time of before, it is the same occurrence that was taken as ended too early.</summary>
    private void Appear(AlertMember news, bool isOccurrence)
    {
        if (_alert.Members.Count >= AlertLimits.MaxMembers)
        {
            OverLimit++;
            return;
        }

        if (AlertTransitions.Table.Decide(_alert.Status, AlertTrigger.Fire, default).Refusal is null)
            Fire(news, isOccurrence);
        else if (isOccurrence)
            Occur(news);
        else
            Remember(news);
    }

    private void Fire(AlertMember news, bool isOccurrence)
    {
        Flush();
        var history = isOccurrence ? _alert.History.Add(news.ReceivedAt) : _alert.History;
        Raise(new AlertFired(
            command.Identity,
            command.Classification,
            news,
            _alert.HitCount + (isOccurrence ? 1 : 0),
            history.At(now),
            _alert.IncidentId,
            _alert.ResolvedAt,
            _mark));
    }

    private void Occur(AlertMember news)
    {
        // What was gathered about this member is older than the occurrence, and must not be told after it.
        _seen.Remove(news.MemberId);
        if (_ended.ContainsKey(news.MemberId))
            Flush();
        Raise(new AlertOccurred(command.Identity, command.Classification, news, _alert.HitCount + 1, _alert.IncidentId, _mark));
    }

    private void See(TrackedMember tracked, AlertMember news)
    {
        var same = news with { StartsAt = tracked.StartsAt };
        if (!tracked.Says(same))
            Remember(same);
    }

    private void Remember(AlertMember news)
    {
        if (_ended.ContainsKey(news.MemberId))
            Flush();
        _seen[news.MemberId] = news;
        _alert = _alert.Apply(new AlertMembersSeen(command.Identity, command.Classification, [news], _alert.HitCount), now);
    }

    /// <summary>The end of a member that does not fire, as far as is known here: an older firing may still be on its way over another partition.</summary>
    private void Note(AlertMember news)
    {
        var ended = new EndedMember(news.MemberId, news.EndsAt, news.ReceivedAt);
        _ended[news.MemberId] = ended;
        _alert = _alert.Apply(new AlertMembersEnded([ended]), now);
    }

    private void End(AlertMember news)
    {
        Note(news);
        if (!_alert.Members.IsEmpty)
            return;

        Flush();
        Raise(new AlertResolved(command.Identity, _alert.IncidentId));
    }

    /// <summary>Tells what was gathered. A member is in at most one of the two gatherings after it was told as ended, so seen goes before ended.</summary>
    private void Flush()
    {
        foreach (var members in Portions(_seen.Values.Where(member => !_ended.ContainsKey(member.MemberId))))
            _events.Add(new AlertMembersSeen(command.Identity, command.Classification, members, _alert.HitCount, _mark));
        if (_ended.Count > 0)
            _events.Add(new AlertMembersEnded([.. _ended.Values], _mark));
        _seen.Clear();
        _ended.Clear();
    }

    private void Raise(AlertEvent raised)
    {
        _events.Add(raised);
        _alert = _alert.Apply(raised, now);
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
