using Microsoft.CodeAnalysis;

namespace AwoooP.Runtime.Generators;

/// <summary>The shapes that cannot be called as grains, told where they are written.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor GenericInterface = Rule(
        "GRAIN01", "Grain interface is generic", "Grain interface '{0}' must not be generic");

    public static readonly DiagnosticDescriptor Inaccessible = Rule(
        "GRAIN02", "Grain type cannot be seen", "'{0}' must be at least internal, so that generated code can name it");

    public static readonly DiagnosticDescriptor NotAMethod = Rule(
        "GRAIN03", "Grain interface has a member that is no method", "'{0}' is no method; a grain interface has only methods");

    public static readonly DiagnosticDescriptor NotATask = Rule(
        "GRAIN04", "Grain method does not return a task", "'{0}' must return Task, Task<T>, ValueTask or ValueTask<T>");

    public static readonly DiagnosticDescriptor GenericMethod = Rule(
        "GRAIN05", "Grain method is generic", "'{0}' must not be generic");

    public static readonly DiagnosticDescriptor ByReference = Rule(
        "GRAIN06", "Parameter of a grain method is passed by reference", "A parameter of '{0}' must not be passed by reference or be a ref struct or pointer");

    public static readonly DiagnosticDescriptor TokenNotLast = Rule(
        "GRAIN07", "Cancellation token is not last", "'{0}' may have one cancellation token, as its last parameter");

    public static readonly DiagnosticDescriptor OneWayAnswers = Rule(
        "GRAIN08", "One-way method returns a value", "'{0}' is one-way and must return Task or ValueTask");

    public static readonly DiagnosticDescriptor GenericClass = Rule(
        "GRAIN09", "Grain class is generic", "Grain class '{0}' must not be generic");

    public static readonly DiagnosticDescriptor SameGrainType = Rule(
        "GRAIN10", "Two grain classes have the same type name", "Grain class '{0}' has the same type name as another of its assembly");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = new[]
    {
        GenericInterface, Inaccessible, NotAMethod, NotATask, GenericMethod, ByReference, TokenNotLast, OneWayAnswers, GenericClass, SameGrainType,
    }.ToDictionary(static rule => rule.Id);

    public static DiagnosticDescriptor Find(string id) => ById[id];

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Grains", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
