using Microsoft.CodeAnalysis;

namespace AwoooP.Runtime.Generators.Model;

/// <summary>Reads a grain class: one that derives from the engine's base, is not abstract and answers a grain interface.</summary>
internal static class ClassReader
{
    private const string Suffix = "Grain";

    public static ClassModel? Read(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class || type.IsAbstract || !DerivesFromGrain(type))
            return null;
        var interfaces = type.AllInterfaces.Where(KnownNames.IsGrainInterface).ToList();
        if (interfaces.Count == 0)
            return null;

        var findings = new List<Finding>();
        if (type.IsGenericType || type.ContainingType?.IsGenericType == true)
            findings.Add(Finding.Of(Diagnostics.GenericClass, type));
        if (!KnownNames.CanBeNamed(type))
            findings.Add(Finding.Of(Diagnostics.Inaccessible, type));

        return new ClassModel(
            KnownNames.FullName(type),
            GrainType(type),
            new(interfaces.Where(static grain => !grain.IsGenericType)
                .Select(static grain => grain.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))),
            MaxLocalWorkers(type),
            new(findings));
    }

    /// <summary>As Orleans names a grain type: as the attribute says, else the class's name in lower case, without the suffix.</summary>
    private static string GrainType(INamedTypeSymbol type)
    {
        if (KnownNames.EngineAttribute(type, "GrainTypeAttribute") is { } attribute && attribute.ConstructorArguments[0].Value is string named)
            return named;
        var name = type.Name;
        var trimmed = name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
            ? name.Substring(0, name.Length - Suffix.Length)
            : name;
        return trimmed.ToLowerInvariant();
    }

    private static int? MaxLocalWorkers(INamedTypeSymbol type)
    {
        if (KnownNames.EngineAttribute(type, "StatelessWorkerAttribute") is not { } attribute)
            return null;
        return attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is int max ? max : -1;
    }

    private static bool DerivesFromGrain(INamedTypeSymbol type)
    {
        for (var level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (KnownNames.IsEngineType(level, "Grain"))
                return true;
        }

        return false;
    }
}
