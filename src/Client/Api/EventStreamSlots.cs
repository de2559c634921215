using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Api;

/// <summary>Bounds the event streams that one operator holds open.</summary>
internal sealed class EventStreamSlots(IOptions<FrontOptions> options)
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    public IDisposable? TryTake(string operatorId)
    {
        if (_open.AddOrUpdate(operatorId, 1, static (_, open) => open + 1) <= options.Value.EventStreams)
            return new Slot(this, operatorId);

        Give(operatorId);
        return null;
    }

    private void Give(string operatorId) => _open.AddOrUpdate(operatorId, 0, static (_, open) => open - 1);

    private sealed class Slot(EventStreamSlots slots, string operatorId) : IDisposable
    {
        public void Dispose() => slots.Give(operatorId);
    }
}
