using AwoooP.Client.Auth;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Api;

/// <summary>Bounds the event streams that are open with one key, or by one operator with tokens.</summary>
internal sealed class EventStreamSlots(IOptions<FrontOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    public IDisposable? TryTake(OperatorPrincipal who)
    {
        var holder = who.Holder;
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(holder);
            if (open >= options.Value.EventStreams)
                return null;

            _open[holder] = open + 1;
            return new Slot(this, holder);
        }
    }

    private void Give(string holder)
    {
        lock (_gate)
        {
            if (_open[holder] > 1)
                _open[holder]--;
            else
                _open.Remove(holder);
        }
    }

    private sealed class Slot(EventStreamSlots slots, string holder) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
                slots.Give(holder);
        }
    }
}
