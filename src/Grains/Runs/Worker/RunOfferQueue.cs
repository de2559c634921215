using System.Collections.Concurrent;
using System.Threading.Channels;

namespace AwoooP.Runs;

/// <summary>The offers of this silo's run grains, each run at most once, until a worker has room. Full, it drops: the runs offer themselves again.</summary>
internal sealed class RunOfferQueue : IRunOffers
{
    private const int Capacity = 4096;

    private readonly ConcurrentDictionary<RunOffer, byte> _queued = new();
    private readonly Channel<RunOffer> _offers = Channel.CreateUnbounded<RunOffer>();

    public void Offer(RunOffer offer)
    {
        if (_queued.Count < Capacity && _queued.TryAdd(offer, 0))
            _offers.Writer.TryWrite(offer);
    }

    public async ValueTask<RunOffer> TakeAsync(CancellationToken cancellationToken)
    {
        var offer = await _offers.Reader.ReadAsync(cancellationToken);
        _queued.TryRemove(offer, out _);
        return offer;
    }
}
