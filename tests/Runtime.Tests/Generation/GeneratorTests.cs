using System.Text.RegularExpressions;
using AwoooP.Runtime.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AwoooP.Runtime.Tests.Generation;

public sealed class GeneratorTests
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("GRAIN01", "public interface IBad<T> : IGrainWithStringKey { Task MAsync(); }")]
    [InlineData("GRAIN02", "public class Outer { private interface IBad : IGrainWithStringKey { Task MAsync(); } }")]
    [InlineData("GRAIN03", "public interface IBad : IGrainWithStringKey { int P { get; } }")]
    [InlineData("GRAIN03", "public interface IBad : IGrainWithStringKey { event Action E; }")]
    [InlineData("GRAIN03", "public interface IBad : IGrainWithStringKey { static abstract Task MAsync(); }")]
    [InlineData("GRAIN04", "public interface IBad : IGrainWithStringKey { void M(); }")]
    [InlineData("GRAIN04", "public interface IBad : IGrainWithStringKey { int M(); }")]
    [InlineData("GRAIN05", "public interface IBad : IGrainWithStringKey { Task MAsync<T>(T value); }")]
    [InlineData("GRAIN06", "public interface IBad : IGrainWithStringKey { Task MAsync(ref int value); }")]
    [InlineData("GRAIN06", "public interface IBad : IGrainWithStringKey { Task MAsync(Span<int> value); }")]
    [InlineData("GRAIN07", "public interface IBad : IGrainWithStringKey { Task MAsync(CancellationToken token, int value); }")]
    [InlineData("GRAIN08", "public interface IBad : IGrainWithStringKey { [OneWay] Task<int> MAsync(); }")]
    [InlineData("GRAIN09", "public interface IGood : IGrainWithStringKey { } public class Bad<T> : Grain, IGood { }")]
    [InlineData("GRAIN10", "public interface IGood : IGrainWithStringKey { } public class A : Grain, IGood { } public class AGrain : Grain, IGood { }")]
    public void UnsupportedShape_IsADiagnostic(string id, string source) =>
        Run(source).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe(id);

    [Fact]
    public void SupportedShapes_CompileWithoutAWarning()
    {
        var (diagnostics, compilation) = Run("""
            public record Named(string Name);
            public interface IBase : IGrainWithStringKey { Task SameAsync(); ValueTask<Named?> FindAsync(string? name, CancellationToken token); }
            public interface IOther : IGrainWithStringKey { Task SameAsync(); }
            public interface IShape : IBase, IOther
            {
                [ReadOnly] Task<int[]> ReadAsync((int Left, string? Right) pair, CancellationToken token);
                [AlwaysInterleave] ValueTask LookAsync(params int[] values);
                [OneWay] Task TellAsync(int @class);
                Task<Dictionary<string, List<Named?>>> ManyAsync();
                Task LocalAsync() => SameTwiceAsync();
                private Task SameTwiceAsync() => ((IOther)this).SameAsync();
            }
            [StatelessWorker]
            internal class ShapeGrain : Grain, IShape
            {
                Task IBase.SameAsync() => Task.CompletedTask;
                Task IOther.SameAsync() => Task.CompletedTask;
                public ValueTask<Named?> FindAsync(string? name, CancellationToken token) => default;
                public Task<int[]> ReadAsync((int Left, string? Right) pair, CancellationToken token) => Task.FromResult(new[] { pair.Left });
                public ValueTask LookAsync(params int[] values) => default;
                public Task TellAsync(int @class) => Task.CompletedTask;
                public Task<Dictionary<string, List<Named?>>> ManyAsync() => Task.FromResult(new Dictionary<string, List<Named?>>());
            }
            """);

        diagnostics.ShouldBeEmpty();
        compilation.GetDiagnostics().Where(static fault => fault.Severity >= DiagnosticSeverity.Warning).ShouldBeEmpty();
    }

    [Fact]
    public void Module_ListsInterfacesAndClasses()
    {
        var (_, compilation) = Run("""
            public interface IShape : IGrainWithStringKey { Task MAsync(); }
            [StatelessWorker(3)] public class ShapeGrain : Grain, IShape { public Task MAsync() => Task.CompletedTask; }
            public abstract class Unfinished : Grain, IShape { public abstract Task MAsync(); }
            """);

        var module = compilation.SyntaxTrees.Single(static tree => tree.FilePath.EndsWith("GrainModule.g.cs", StringComparison.Ordinal)).ToString();
        module.ShouldContain("new(typeof(global::Sample.IShape), static (binding, key) => new Sample_IShapeReference(binding, key), Sample_IShapeReference.CreateCall, Sample_IShapeReference.Methods),");
        module.ShouldContain("""new("shape", typeof(global::Sample.ShapeGrain), new global::System.Type[] { typeof(global::Sample.IShape) }, 3),""");
        module.ShouldNotContain("Unfinished");
    }

    [Fact]
    public void MethodId_IsOfTheTypes_NotOfWhatMayBeNull()
    {
        var first = Ids("Task M(string a, List<string> b, int c);");

        first.ShouldHaveSingleItem();
        Ids("Task<int> M(string? x, List<string?>? y, int z, CancellationToken token);").ShouldBe(first);
        Ids("Task M(string a, List<string> b, int? c);").ShouldNotBe(first);
        Ids("Task M(string a, int c, List<string> b);").ShouldNotBe(first);
        Ids("Task N(string a, List<string> b, int c);").ShouldNotBe(first);

        static string[] Ids(string method) =>
        [
            .. Run($"public interface IShape : IGrainWithStringKey {{ {method} }}").Compilation.SyntaxTrees
                .SelectMany(static tree => Regex.Matches(tree.ToString(), @"(\d+)u => new Call"))
                .Select(static id => id.Groups[1].Value),
        ];
    }

    [Fact]
    public void CompilationWithoutGrains_GetsNothing() =>
        Run("public class Plain : IDisposable { public void Dispose() { } }").Compilation.SyntaxTrees.Count().ShouldBe(1);

    private static (IReadOnlyList<Diagnostic> Diagnostics, Compilation Compilation) Run(string source)
    {
        var tree = CSharpSyntaxTree.ParseText($"""
            using System;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            using AwoooP.Runtime;
            namespace Sample;
            {source}
            """);
        var compilation = CSharpCompilation.Create(
            "Sample", [tree], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(new GrainGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out var updated, out var diagnostics);
        return (diagnostics, updated);
    }
}
