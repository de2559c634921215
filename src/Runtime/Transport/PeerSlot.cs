namespace AwoooP.Runtime.Transport;

/// <summary>
/// The one link to a silo, and the attempt to get it. Both silos of a pair may dial at once; these rules leave one link, the
/// same at both ends:
/// an end that has said hello refuses the other's hello when its own id is the ordinal-lower one, and accepts it when it is
/// the higher, giving its own attempt up; once it has sent its proof it follows the verdict, since the peer may have
/// accepted already. A link that this side dialled is replaced only by a peer that names it as its last: another
/// hello was on its way before the peer had accepted that link.
/// </summary>
internal sealed class PeerSlot(string siloId, Peers peers, Dialler dialler, TransportContext context)
{
    private readonly Lock _gate = new();
    private readonly BackOff _backOff = new();
    private volatile Link? _link;
    private TaskCompletionSource<Link>? _awaited;
    private Task _dialling = Task.CompletedTask;
    private string _address = "";
    private Dial? _dial;
    private Guid _last;
    private long _failedAt;
    private TimeSpan _rest;

    public string SiloId => siloId;

    public Link? Current => _link is { IsOpen: true } link ? link : null;

    public ValueTask<Link> GetAsync(string address, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Current is { } link)
                return new(link);
            if (peers.IsStopped)
                throw new LinkRefusedException(Refusal.NotReady);
            if (_awaited is not null && _address != address)
            {
                // The silo is elsewhere by now; nobody may answer where it was.
                _awaited.TrySetException(new LinkRefusedException(Refusal.Stale));
                _awaited = null;
                GiveUpDial();

                // Even after its proof: the verdict of a silo that is no more is not waited for.
                _dial?.Cancel();
            }

            if (_awaited is null)
            {
                _address = address;
                _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
                // What the first caller has in its context is not the connection's for ever.
                using (ExecutionContext.SuppressFlow())
                    _dialling = DialAsync(address, _awaited, _dialling);
            }

            return new(_awaited.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>A peer that has proved itself wants to be connected. With <see cref="Refusal.None"/> the link is the one from here on.</summary>
    /// <param name="theirLast">The last link to this side that the peer knows.</param>
    public Refusal Admit(Link link, Guid theirLast, string selfId)
    {
        Link? replaced;
        TaskCompletionSource<Link>? awaited;
        lock (_gate)
        {
            if (peers.IsStopped)
                return Refusal.NotReady;
            if (IsStale(link))
                return Refusal.Stale;
            if (_dial is { SaidHello: true, IsGivenUp: false } && string.CompareOrdinal(selfId, siloId) < 0)
                return Refusal.Collision;
            if (Current is { IsDialled: true } current && current.Peer.Incarnation == link.Peer.Incarnation && theirLast != current.Id)
                return Refusal.Collision;

            GiveUpDial();
            Take(link, out replaced, out awaited);
        }

        context.Opened(link);
        HandOver(link, replaced, awaited);
        return Refusal.None;
    }

    /// <summary>False when the peer's own connection came first.</summary>
    public bool MaySayHello(Dial dial)
    {
        lock (_gate)
            return dial.SaidHello = !dial.IsGivenUp;
    }

    /// <summary>False when the peer's own connection came first; after true, the verdict counts.</summary>
    public bool MayProve(Dial dial, out Guid last)
    {
        lock (_gate)
        {
            last = _last;
            return dial.Proved = !dial.IsGivenUp;
        }
    }

    public void Remove(Link link)
    {
        lock (_gate)
        {
            if (_link == link)
                _link = null;
        }
    }

    /// <summary>After <see cref="Peers.IsStopped"/>: nobody waits any longer, and no attempt goes on.</summary>
    public void Stop()
    {
        TaskCompletionSource<Link>? awaited;
        lock (_gate)
        {
            awaited = _awaited;
            _awaited = null;
            GiveUpDial();
            _dial?.Cancel();
        }

        awaited?.TrySetException(new LinkRefusedException(Refusal.NotReady));
    }

    private async Task DialAsync(string address, TaskCompletionSource<Link> awaited, Task previous)
    {
        await previous.ConfigureAwait(false);
        await Task.Yield();
        try
        {
            await RestAsync(awaited.Task).ConfigureAwait(false);
            if (!await TryConnectAsync(address, awaited).ConfigureAwait(false))
                await awaited.Task.WaitAsync(context.Options.HandshakeTimeout, context.Time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception, address, awaited);
        }
    }

    /// <returns>False when the peer's own connection is to be waited for, or is there.</returns>
    private async Task<bool> TryConnectAsync(string address, TaskCompletionSource<Link> awaited)
    {
        using var dial = new Dial(context.Options.HandshakeTimeout, context.Time);
        lock (_gate)
        {
            if (awaited != _awaited)
                return false;
            _dial = dial;
        }

        try
        {
            var link = await dialler.ConnectAsync(this, dial, address).ConfigureAwait(false);
            if (TryTake(link))
                return true;

            await link.DropAsync().ConfigureAwait(false);
            throw new LinkRefusedException(peers.IsStopped ? Refusal.NotReady : Refusal.Stale);
        }
        catch (LinkRefusedException refused) when (refused.Reason == Refusal.Collision)
        {
            return false;
        }
        catch (OperationCanceledException) when (dial.IsGivenUp)
        {
            return false;
        }
        catch (OperationCanceledException exception) when (dial.Token.IsCancellationRequested)
        {
            throw new LinkRefusedException(Refusal.TooSlow, byPeer: true, exception);
        }
        finally
        {
            lock (_gate)
                _dial = null;
        }
    }

    private void GiveUpDial()
    {
        if (_dial is not { } dial)
            return;

        dial.IsGivenUp = true;
        if (!dial.Proved)
            dial.Cancel();
    }

    /// <summary>
    /// Whether a later incarnation is linked. Once it is gone, a lower one may come: incarnations go back with a backup that is restored, and
    /// who may write is for the lease to say.
    /// </summary>
    private bool IsStale(Link link) => Current is { } current && link.Peer.Incarnation < current.Peer.Incarnation;

    private bool TryTake(Link link)
    {
        Link? replaced;
        TaskCompletionSource<Link>? awaited;
        lock (_gate)
        {
            if (peers.IsStopped || IsStale(link))
                return false;
            Take(link, out replaced, out awaited);
        }

        context.Opened(link);
        link.Start();
        HandOver(link, replaced, awaited);
        return true;
    }

    private void Take(Link link, out Link? replaced, out TaskCompletionSource<Link>? awaited)
    {
        (replaced, awaited) = (_link, _awaited);
        _link = link;
        _awaited = null;
        _last = link.Id;
        _rest = TimeSpan.Zero;
        _backOff.Succeeded();
    }

    private static void HandOver(Link link, Link? replaced, TaskCompletionSource<Link>? awaited)
    {
        awaited?.TrySetResult(link);
        replaced?.Abort(new LinkLostException("The peer connected anew."));
    }

    private void Fail(Exception exception, string address, TaskCompletionSource<Link> awaited)
    {
        bool again;
        lock (_gate)
        {
            // One that was given up says nothing of the address that is dialled by now.
            if (_awaited != awaited)
                return;
            _awaited = null;
            again = _backOff.IsFailing;
            _rest = _backOff.Failed();
            _failedAt = context.Time.GetTimestamp();
        }

        if (!awaited.TrySetException(exception))
            return;
        if (again)
            TransportLog.DialFailed(context.Logger, siloId, address, exception.Message);
        else
            TransportLog.Unreachable(context.Logger, siloId, address, exception.Message.TrimEnd('.'));
    }

    // Attempts are spaced, however often a link is asked for; a link that comes in ends the rest.
    private async ValueTask RestAsync(Task arrival)
    {
        TimeSpan left;
        lock (_gate)
            left = _rest - context.Time.GetElapsedTime(_failedAt);
        if (left > TimeSpan.Zero)
            await Task.WhenAny(arrival, Task.Delay(left, context.Time, CancellationToken.None)).ConfigureAwait(false);
    }
}
