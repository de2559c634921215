using AwoooP.Events;
using AwoooP.Journal;
using Microsoft.Extensions.Logging;

namespace AwoooP.Aggregates;

/// <summary>What every aggregate grain works with.</summary>
public sealed record AggregateServices(IJournal Journal, IDurableClock Clock, EventCatalog Events, ILogger<AggregateServices> Logger);
