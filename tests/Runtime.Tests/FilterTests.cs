using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runtime.Tests;

public sealed class FilterTests
{
    [Fact]
    public async Task Filters_OfACall_RunAroundItInTheirOrder()
    {
        await using var silo = new TestSilo(register: static services => services
            .AddSingleton<IIncomingGrainCallFilter>(static provider => new Noting("in 1", provider.GetRequiredService<ConcurrentQueue<string>>()))
            .AddSingleton<IIncomingGrainCallFilter>(static provider => new Noting("in 2", provider.GetRequiredService<ConcurrentQueue<string>>()))
            .AddSingleton<IOutgoingGrainCallFilter>(static provider => new Noting("out", provider.GetRequiredService<ConcurrentQueue<string>>())));

        await silo.Grain("p/a").RunAsync(Scripts.Note("turn"), CancellationToken.None);

        silo.Diary.ShouldBe(
        [
            "out before RunAsync of script/p/a",
            "in 1 before RunAsync of script/p/a",
            "in 2 before RunAsync of script/p/a",
            "turn",
            "in 2 after",
            "in 1 after",
            "out after",
        ]);
    }

    [Fact]
    public async Task Filters_ReadAndReplace_ArgumentsAndResult()
    {
        await using var silo = new TestSilo(register: static services => services
            .AddSingleton<IIncomingGrainCallFilter, Doubling>()
            .AddSingleton<IOutgoingGrainCallFilter, Doubling>());

        // (2 * 2 * 2 + 3) * 2 * 2: each of the two doubles the first argument before and the result after.
        (await silo.Grain("p/a").AddAsync(2, 3)).ShouldBe(44);
    }

    [Fact]
    public async Task IncomingFilter_ThatThrows_KeepsTheCallFromTheGrain()
    {
        await using var silo = new TestSilo(register: static services => services.AddSingleton<IIncomingGrainCallFilter, Refusing>());

        await Should.ThrowAsync<UnauthorizedAccessException>(() => silo.Grain("p/a").RunAsync(Scripts.Note("turn"), CancellationToken.None));

        silo.Diary.ShouldBeEmpty();
    }

    [Fact]
    public async Task IncomingFilter_OfACallByAGrain_KnowsTheCaller()
    {
        GrainId? source = null;
        await using var silo = new TestSilo(register: services => services.AddSingleton<IIncomingGrainCallFilter>(
            new Watching(context => source = context.TargetId.Key == "p/b" ? context.SourceId : source)));

        await silo.Grain("p/a").RunAsync(Scripts.Call("p/b", Scripts.Nothing), CancellationToken.None);

        source.ShouldBe(new GrainId("script", "p/a"));
    }

    private sealed class Noting(string name, ConcurrentQueue<string> diary) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => AroundAsync(context);

        public Task Invoke(IOutgoingGrainCallContext context) => AroundAsync(context);

        private async Task AroundAsync(IGrainCallContext context)
        {
            diary.Enqueue($"{name} before {context.MethodName} of {context.TargetId}");
            await context.Invoke();
            diary.Enqueue($"{name} after");
        }
    }

    private sealed class Doubling : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => AroundAsync(context);

        public Task Invoke(IOutgoingGrainCallContext context) => AroundAsync(context);

        private static async Task AroundAsync(IGrainCallContext context)
        {
            context.Request.GetArgumentCount().ShouldBe(2);
            context.Request.SetArgument(0, 2 * (int)context.Request.GetArgument(0)!);
            await context.Invoke();
            context.Result = 2 * (int)context.Result!;
        }
    }

    private sealed class Refusing : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => throw new UnauthorizedAccessException();
    }

    private sealed class Watching(Action<IIncomingGrainCallContext> watch) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            watch(context);
            return context.Invoke();
        }
    }
}
