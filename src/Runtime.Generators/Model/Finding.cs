using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AwoooP.Runtime.Generators.Model;

/// <summary>A diagnostic as plain values, so that the incremental cache holds no syntax tree alive.</summary>
internal sealed record Finding(string Id, string Subject, string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Finding Of(DiagnosticDescriptor rule, ISymbol subject)
    {
        var location = subject.Locations.FirstOrDefault(static place => place.IsInSource);
        return new Finding(
            rule.Id,
            subject.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            location?.SourceTree?.FilePath ?? "",
            location?.SourceSpan ?? default,
            location?.GetLineSpan().Span ?? default);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Diagnostics.Find(Id), Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), Subject);
}
