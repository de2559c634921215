namespace AwoooP.Journal.Intake;

/// <summary>Items accepted and not worked off, of all streams: asked for every append, so kept as one number.</summary>
internal sealed class IntakeLag
{
    private long _items;

    public long Items => Math.Max(0, Interlocked.Read(ref _items));

    public void Add(long items) => Interlocked.Add(ref _items, items);
}
