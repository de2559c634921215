using Microsoft.CodeAnalysis;

namespace AwoooP.Runtime.Generators.Model;

internal static class KnownNames
{
    /// <summary>With nullable annotations, so that what is generated has the same types as what was written.</summary>
    public static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Plain = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .WithGenericsOptions(SymbolDisplayGenericsOptions.None);

    public static string FullName(ISymbol type) => type.ToDisplayString(Plain);

    public static bool IsEngineType(ITypeSymbol type, string name) =>
        type.Name == name && type.ContainingNamespace?.ToDisplayString() == "AwoooP.Runtime";

    public static bool IsGrainInterface(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface
        && !IsEngineType(type, "IGrainWithStringKey")
        && type.AllInterfaces.Any(static candidate => IsEngineType(candidate, "IGrainWithStringKey"));

    public static AttributeData? EngineAttribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && IsEngineType(type, name));

    public static bool CanBeNamed(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.ContainingType)
        {
            if (level.IsFileLocal || level.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }
}
