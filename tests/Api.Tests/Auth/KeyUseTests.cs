using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace AwoooP.Api.Tests.Auth;

public sealed class KeyUseTests : IAsyncLifetime
{
    private readonly StubCluster _cluster = new();
    private readonly FakeClock _clock = new();
    private readonly ApiKey _key;
    private readonly IOperatorKeyGrain _grain;
    private readonly KeyUse _use;
    private int _told;

    public KeyUseTests()
    {
        _key = _cluster.Issue("ann", OperatorRole.Viewer);
        _grain = _cluster.GetGrain<IOperatorKeyGrain>($"operators/{_key.KeyId}");
        _grain.NoteUseAsync(Arg.Any<CancellationToken>()).Returns(_ =>
        {
            Interlocked.Increment(ref _told);
            return Task.FromResult(new CommandResult(2));
        });
        _use = new KeyUse(_cluster, _clock, NullLogger<KeyUse>.Instance);
    }

    public Task InitializeAsync() => _use.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _use.StopAsync(CancellationToken.None);
        _use.Dispose();
    }

    [Fact]
    public async Task Note_OfManyUses_TellsTheKeyOnceAnHour()
    {
        var view = (await _grain.GetAsync(CancellationToken.None))!;
        for (var time = 0; time < 100; time++)
            _use.Note(view);
        await ToldAsync(1);

        _clock.Advance(OperatorKeyView.UseInterval);
        _use.Note(view);
        await ToldAsync(2);
        _use.Note(view);
        await Sentinel();
        Volatile.Read(ref _told).ShouldBe(2);
    }

    [Fact]
    public async Task Note_OfAKeyThatWasToldByAnother_TellsItNothing()
    {
        _use.Note((await _grain.GetAsync(CancellationToken.None))! with { LastUsedAt = _clock.GetUtcNow().AddMinutes(-59) });

        await Sentinel();
        Volatile.Read(ref _told).ShouldBe(0);
    }

    [Fact]
    public async Task Note_ThatCouldNotBeTold_IsToldAtTheNextUse()
    {
        var view = (await _grain.GetAsync(CancellationToken.None))!;
        var failed = new TaskCompletionSource();
        _grain.NoteUseAsync(Arg.Any<CancellationToken>()).Returns(
            _ =>
            {
                failed.TrySetResult();
                return Task.FromException<CommandResult>(new CommandUnavailableException("The lease has lapsed."));
            },
            _ =>
            {
                Interlocked.Increment(ref _told);
                return Task.FromResult(new CommandResult(2));
            });

        _use.Note(view);
        await failed.Task;
        await Sentinel();
        _use.Note(view);

        await ToldAsync(1);
    }

    private Task ToldAsync(int times) => Eventually.BecomesTrueAsync(() => Volatile.Read(ref _told) == times, $"the key is told {times} times");

    /// <summary>Waits until all that was noted before is done with: they are told one after the other.</summary>
    private async Task Sentinel()
    {
        var last = _cluster.Issue("last", OperatorRole.Viewer);
        var done = new TaskCompletionSource();
        var grain = _cluster.GetGrain<IOperatorKeyGrain>($"operators/{last.KeyId}");
        grain.NoteUseAsync(Arg.Any<CancellationToken>()).Returns(_ =>
        {
            done.TrySetResult();
            return Task.FromResult(new CommandResult(2));
        });
        _use.Note((await grain.GetAsync(CancellationToken.None))!);
        await done.Task;
    }
}
