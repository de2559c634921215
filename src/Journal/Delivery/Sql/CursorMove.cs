namespace AwoooP.Journal.Delivery.Sql;

/// <summary>One position's compare-and-set.</summary>
internal readonly record struct CursorMove(string Consumer, short Partition, long From, long To);
