using Orleans.Serialization;

namespace AwoooP.Runtime.Messages;

/// <summary>Lets Orleans load this platform's types by their names on the wire: messages, and the exceptions that the grains promise.</summary>
internal sealed class OwnTypeNames : ITypeNameFilter
{
    public const string Prefix = "AwoooP";

    public static bool Contain(Type type) => type.Namespace is { } name && name.StartsWith(Prefix, StringComparison.Ordinal);

    public bool? IsTypeNameAllowed(string typeName, string assemblyName) =>
        assemblyName is not null && assemblyName.StartsWith($"{Prefix}.", StringComparison.Ordinal) ? true : null;
}
