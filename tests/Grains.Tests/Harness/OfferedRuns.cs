using System.Collections.Concurrent;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>What run grains told their workers, until a test lets a worker take it.</summary>
internal sealed class OfferedRuns : IRunOffers
{
    private readonly ConcurrentQueue<RunOffer> _offers = new();

    public void Offer(RunOffer offer) => _offers.Enqueue(offer);

    public bool TryTake(out RunOffer offer) => _offers.TryDequeue(out offer);
}
