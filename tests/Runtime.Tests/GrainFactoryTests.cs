namespace AwoooP.Runtime.Tests;

public interface ICommonGrain : IGrainWithStringKey
{
    Task<string> NameAsync(CancellationToken cancellationToken);
}

public interface IFirstGrain : ICommonGrain
{
    Task<string> FirstAsync(CancellationToken cancellationToken);
}

public interface ISecondGrain : ICommonGrain;

public interface IOrphanGrain : IGrainWithStringKey;

internal sealed class FirstGrain : Grain, IFirstGrain
{
    public Task<string> NameAsync(CancellationToken cancellationToken) => Task.FromResult("first");

    public Task<string> FirstAsync(CancellationToken cancellationToken) => Task.FromResult(this.GetPrimaryKeyString());
}

internal sealed class SecondGrain : Grain, ISecondGrain
{
    public Task<string> NameAsync(CancellationToken cancellationToken) => Task.FromResult("second");
}

public sealed class GrainFactoryTests : IAsyncLifetime
{
    private readonly TestSilo _silo = new();

    [Fact]
    public async Task Reference_OfADerivedInterface_AnswersInheritedMethods()
    {
        ICommonGrain second = _silo.Engine.GetGrain<ISecondGrain>("p/a");

        (await second.NameAsync(CancellationToken.None)).ShouldBe("second");
        (await _silo.Engine.GetGrain<IFirstGrain>("p/a").FirstAsync(CancellationToken.None)).ShouldBe("p/a");
    }

    [Fact]
    public async Task Reference_ByType_IsOneOfThatInterface()
    {
        var first = (ICommonGrain)_silo.Engine.GetGrain(typeof(IFirstGrain), "p/a");

        (await first.NameAsync(CancellationToken.None)).ShouldBe("first");
    }

    [Fact]
    public async Task Reference_OfAnInterfaceOfSeveralClasses_NeedsAPrefix()
    {
        Should.Throw<ArgumentException>(() => _silo.Engine.GetGrain<ICommonGrain>("p/a"))
            .Message.ShouldContain(typeof(SecondGrain).FullName!);

        var chosen = _silo.Engine.GetGrain<ICommonGrain>("p/a", typeof(SecondGrain).FullName);
        (await chosen.NameAsync(CancellationToken.None)).ShouldBe("second");
    }

    [Fact]
    public void Reference_OfAnInterfaceOfNoClass_IsRefused() =>
        Should.Throw<ArgumentException>(() => _silo.Engine.GetGrain<IOrphanGrain>("p/a"));

    [Fact]
    public void Reference_WithoutAKey_IsRefused() =>
        Should.Throw<ArgumentException>(() => _silo.Engine.GetGrain<IFirstGrain>(""));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();
}
