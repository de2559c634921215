namespace AwoooP.Bench.Load;

/// <param name="Client">Whose write it was, from 1 on.</param>
/// <param name="At">Since the load began.</param>
internal readonly record struct Acknowledgement(Write Write, int Client, TimeSpan At);
