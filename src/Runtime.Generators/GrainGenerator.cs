using System.Collections.Immutable;
using AwoooP.Runtime.Generators.Emission;
using AwoooP.Runtime.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AwoooP.Runtime.Generators;

/// <summary>
/// Makes, for every grain interface of a compilation, the reference that callers hold and the calls that it sends, and
/// one module that lists them together with the grain classes. Nothing on a call's path uses reflection.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var interfaces = Types<InterfaceDeclarationSyntax, InterfaceModel>(context, InterfaceReader.Read);
        var classes = Types<ClassDeclarationSyntax, ClassModel>(context, ClassReader.Read);
        var generatedNamespace = context.CompilationProvider.Select(static (compilation, _) => Namespace(compilation.AssemblyName));

        context.RegisterSourceOutput(interfaces.Combine(classes).Combine(generatedNamespace), static (output, found) =>
            Emit(output, found.Left.Left, found.Left.Right, found.Right));
    }

    private static IncrementalValueProvider<ImmutableArray<TModel>> Types<TSyntax, TModel>(
        IncrementalGeneratorInitializationContext context, Func<INamedTypeSymbol, TModel?> read)
        where TSyntax : TypeDeclarationSyntax
        where TModel : class =>
        context.SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is TSyntax { BaseList: not null },
                (match, cancellation) => match.SemanticModel.GetDeclaredSymbol(match.Node, cancellation) is INamedTypeSymbol type ? read(type) : null)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .Collect()
            // A partial type is found once a part.
            .Select(static (models, _) => models.Distinct().ToImmutableArray());

    private static void Emit(
        SourceProductionContext output, ImmutableArray<InterfaceModel> interfaces, ImmutableArray<ClassModel> classes, string generatedNamespace)
    {
        foreach (var finding in interfaces.SelectMany(static grain => grain.Findings).Concat(classes.SelectMany(static grain => grain.Findings)).Distinct())
            output.ReportDiagnostic(finding.ToDiagnostic());
        foreach (var second in classes.GroupBy(static grain => grain.GrainType).SelectMany(static same => same.Skip(1)))
            output.ReportDiagnostic(Diagnostic.Create(Diagnostics.SameGrainType, Location.None, second.FullName));

        var callable = interfaces.Where(static grain => grain.Findings.Count == 0).ToList();
        var hosted = classes.Where(static grain => grain.Findings.Count == 0).ToList();
        if (callable.Count + hosted.Count == 0)
            return;

        foreach (var grain in callable)
            output.AddSource($"{grain.FullName}.g.cs", ReferenceEmitter.Emit(grain, generatedNamespace));
        output.AddSource("GrainModule.g.cs", ModuleEmitter.Emit(callable, hosted, generatedNamespace));
    }

    // Two assemblies may see each other's internals, so each needs a namespace of its own.
    private static string Namespace(string? assembly) =>
        "AwoooP.Runtime.Generated." + new string((assembly ?? "Assembly").Select(static character => char.IsLetterOrDigit(character) ? character : '_').ToArray());
}
