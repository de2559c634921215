namespace AwoooP.Audit;

/// <summary>An act that is being refused to somebody who is known, as it goes on record.</summary>
/// <param name="Project">Where it is told.</param>
/// <param name="Holder">Whose bound it takes from: a name alone is not one actor's, since those of other projects may have it too.</param>
/// <param name="Once">What is told once a minute of this holder, such as a limit that is exceeded again and again; null tells each.</param>
public sealed record Denial(string Project, string Actor, string Holder, string? TraceId, DenyAct Act, string? Once = null);
