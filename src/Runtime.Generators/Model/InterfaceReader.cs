using Microsoft.CodeAnalysis;

namespace AwoooP.Runtime.Generators.Model;

/// <summary>Reads a grain interface with all that it inherits.</summary>
internal static class InterfaceReader
{
    public static InterfaceModel? Read(INamedTypeSymbol type)
    {
        if (!KnownNames.IsGrainInterface(type))
            return null;

        var findings = new List<Finding>();
        var methods = new List<MethodModel>();
        if (type.IsGenericType || type.ContainingType?.IsGenericType == true)
            findings.Add(Finding.Of(Diagnostics.GenericInterface, type));
        if (!KnownNames.CanBeNamed(type))
            findings.Add(Finding.Of(Diagnostics.Inaccessible, type));

        foreach (var member in Members(type))
        {
            if (member is not IMethodSymbol method)
                findings.Add(Finding.Of(Diagnostics.NotAMethod, member));
            else if (MethodReader.Fault(method) is { } fault)
                findings.Add(Finding.Of(fault, method));
            else
                methods.Add(MethodReader.Read(method));
        }

        return new InterfaceModel(KnownNames.FullName(type), new(methods), new(findings));
    }

    /// <summary>
    /// What an implementation must provide. A default implementation is none of it: it runs at the caller and calls the rest.
    /// </summary>
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) =>
        new[] { type }.Concat(type.AllInterfaces)
            .SelectMany(static level => level.GetMembers())
            .Where(static member => member.IsAbstract
                && member is not INamedTypeSymbol
                && member is not IMethodSymbol { AssociatedSymbol: not null });
}
