namespace AwoooP.Bench.Load;

/// <summary>A write as the platform tells it.</summary>
/// <param name="Place">Which one of its chain it is by the platform's own count.</param>
/// <param name="Home">The incident that it joined, or the playbook that it revised.</param>
internal sealed record ToldWrite(Write Write, int Place, string Home);
