using System.Reflection;
using System.Runtime.Loader;
using AwoooP.Runtime.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AwoooP.Runtime.Tests.Versions;

/// <summary>
/// Two builds of one assembly of grains, as two silos of a rolling restart have them: the newer one's record has a member more, its
/// interface a method more, and it has a grain type that the older one has not.
/// </summary>
internal static class OrderVersions
{
    private const string Common = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using AwoooP.Runtime;
        using AwoooP.Runtime.Tests.Versions;
        namespace Orders;

        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static Assembly Older { get; } = Build("""
        public sealed record Order(string Item, int Count);

        public interface IOrderGrain : IGrainWithStringKey
        {
            Task PlaceAsync(Order order);
            Task<Order> LastAsync();
        }

        public sealed class OrderGrain : Grain, IOrderGrain
        {
            private Order _last = new("", 0);

            public Task PlaceAsync(Order order)
            {
                _last = order;
                return Task.CompletedTask;
            }

            public Task<Order> LastAsync() => Task.FromResult(_last);
        }

        public sealed class Desk : IOrderDesk
        {
            public async Task<string> AskAsync(IGrainFactory grains, string key, string what)
            {
                var grain = grains.GetGrain<IOrderGrain>(key);
                if (what == "place")
                    await grain.PlaceAsync(new Order("book", 2));
                return (await grain.LastAsync()).ToString();
            }
        }
        """);

    public static Assembly Newer { get; } = Build("""
        public sealed record Order(string Item, int Count, string? Gift = null);

        public interface IOrderGrain : IGrainWithStringKey
        {
            Task<string> WrapAsync(string paper);
            Task PlaceAsync(Order order);
            Task<Order> LastAsync();
        }

        public interface ICourierGrain : IGrainWithStringKey
        {
            Task<string> SendAsync();
        }

        public sealed class OrderGrain : Grain, IOrderGrain
        {
            private Order _last = new("", 0);

            public Task<string> WrapAsync(string paper) => Task.FromResult($"in {paper}");

            public Task PlaceAsync(Order order)
            {
                _last = order;
                return Task.CompletedTask;
            }

            public Task<Order> LastAsync() => Task.FromResult(_last);
        }

        public sealed class CourierGrain : Grain, ICourierGrain
        {
            public Task<string> SendAsync() => Task.FromResult("sent");
        }

        public sealed class Desk : IOrderDesk
        {
            public async Task<string> AskAsync(IGrainFactory grains, string key, string what)
            {
                var grain = grains.GetGrain<IOrderGrain>(key);
                switch (what)
                {
                    case "wrap":
                        return await grain.WrapAsync("silk");
                    case "send":
                        return await grains.GetGrain<ICourierGrain>(key).SendAsync();
                    case "place":
                        await grain.PlaceAsync(new Order("book", 2, "ribbon"));
                        break;
                }

                return (await grain.LastAsync()).ToString();
            }
        }
        """);

    public static IOrderDesk DeskOf(Assembly version) => (IOrderDesk)Activator.CreateInstance(version.GetType("Orders.Desk", throwOnError: true)!)!;

    private static Assembly Build(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Orders", [CSharpSyntaxTree.ParseText(Common + source)], References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(new GrainGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        using var image = new MemoryStream();
        generated.Emit(image).Diagnostics.Where(static fault => fault.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        image.Position = 0;
        // Apart, since both have the same names.
        return new AssemblyLoadContext("Orders").LoadFromStream(image);
    }
}
