using AwoooP.Runtime.Calls;

namespace AwoooP.Runtime.Activations;

/// <summary>What an activation does next: start a turn, or go on with one after an await.</summary>
internal readonly record struct Work(Turn Turn, SendOrPostCallback? Callback, object? State);
