using Microsoft.CodeAnalysis;

namespace AwoooP.Runtime.Generators.Model;

/// <summary>Reads a method of a grain interface, or says what makes it one that cannot be called.</summary>
internal static class MethodReader
{
    public static DiagnosticDescriptor? Fault(IMethodSymbol method)
    {
        if (method.IsStatic)
            return Diagnostics.NotAMethod;
        if (method.IsGenericMethod)
            return Diagnostics.GenericMethod;
        if (!IsTask(method.ReturnType))
            return Diagnostics.NotATask;
        if (method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None
            || parameter.Type.IsRefLikeType
            || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer))
            return Diagnostics.ByReference;
        if (method.Parameters.Where(static (parameter, _) => IsToken(parameter.Type)).Any(parameter => parameter.Ordinal != method.Parameters.Length - 1))
            return Diagnostics.TokenNotLast;
        if (KnownNames.EngineAttribute(method, "OneWayAttribute") is not null && Result(method) is not null)
            return Diagnostics.OneWayAnswers;
        return null;
    }

    public static MethodModel Read(IMethodSymbol method)
    {
        var arguments = method.Parameters.Where(static parameter => !IsToken(parameter.Type)).ToList();
        return new MethodModel(
            method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            method.Name,
            method.ReturnType.ToDisplayString(KnownNames.Qualified),
            Result(method)?.ToDisplayString(KnownNames.Qualified),
            method.ReturnType.Name == "ValueTask",
            new(arguments.Select(static parameter => parameter.Type.ToDisplayString(KnownNames.Qualified))),
            $"{method.Name}({string.Join(",", arguments.Select(static parameter => parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)))})",
            arguments.Count < method.Parameters.Length,
            KnownNames.EngineAttribute(method, "ReadOnlyAttribute") is not null,
            KnownNames.EngineAttribute(method, "AlwaysInterleaveAttribute") is not null,
            KnownNames.EngineAttribute(method, "OneWayAttribute") is not null);
    }

    private static ITypeSymbol? Result(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } task ? task.TypeArguments[0] : null;

    private static bool IsTask(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask" }
        && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";

    private static bool IsToken(ITypeSymbol type) =>
        type.Name == "CancellationToken" && type.ContainingNamespace?.ToDisplayString() == "System.Threading";
}
