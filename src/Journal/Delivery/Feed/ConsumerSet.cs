namespace AwoooP.Journal.Delivery.Feed;

/// <summary>Every consumer of this process, each at its place in the feeds' slots.</summary>
internal sealed class ConsumerSet
{
    /// <exception cref="InvalidOperationException">Two consumers bear one name, and so would share positions.</exception>
    public ConsumerSet(IEnumerable<Consumer> consumers)
    {
        All = [.. consumers];
        for (var i = 0; i < All.Count; i++)
            All[i].Ordinal = i;
        Projections = [.. All.Where(consumer => consumer.Kind == ConsumerKind.Projection)];
        ProjectionOrdinals = [.. Projections.Select(consumer => consumer.Ordinal)];

        var twice = All.CountBy(consumer => consumer.Name).FirstOrDefault(name => name.Value > 1).Key;
        if (twice is not null)
            throw new InvalidOperationException($"Two consumers are named {twice}.");
    }

    public IReadOnlyList<Consumer> All { get; }

    public IReadOnlyList<Consumer> Projections { get; }

    public IReadOnlyList<int> ProjectionOrdinals { get; }

    public Consumer? Find(string name) => All.FirstOrDefault(consumer => consumer.Name == name);
}
