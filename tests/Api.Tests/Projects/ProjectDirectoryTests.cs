using AwoooP.Api.Tests.Hosting;
using AwoooP.Client;
using AwoooP.Client.Projects;
using AwoooP.Commands;
using AwoooP.Projects;
using AwoooP.Testing;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace AwoooP.Api.Tests.Projects;

public sealed class ProjectDirectoryTests
{
    private static readonly TimeSpan Believed = new FrontOptions().KeyCache;

    private readonly StubCluster _cluster = new();
    private readonly FakeClock _clock = new();
    private readonly ProjectDirectory _directory;

    public ProjectDirectoryTests() => _directory = new ProjectDirectory(_cluster, _clock, Options.Create(new FrontOptions()));

    private IProjectGrain Grain => _cluster.GetGrain<IProjectGrain>($"awoooi/{IProjectGrain.Key}");

    [Fact]
    public async Task Find_Again_AsksTheGrainOnceWithinTheTimeThatAProjectIsBelieved()
    {
        await FindAsync();
        (await FindAsync()).View.ShouldNotBeNull();
        _directory.Recall("awoooi").ShouldNotBeNull();
        await Grain.Received(1).GetAsync(Arg.Any<CancellationToken>());

        _clock.Advance(Believed + TimeSpan.FromSeconds(1));
        _directory.Recall("awoooi").ShouldBeNull();
        await FindAsync();
        await Grain.Received(2).GetAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Find_ByManyAtOnce_AsksTheGrainOnce()
    {
        var read = new TaskCompletionSource<ProjectView?>();
        var view = await Grain.GetAsync(CancellationToken.None);
        Grain.ClearReceivedCalls();
        Grain.GetAsync(Arg.Any<CancellationToken>()).Returns(read.Task);

        var finding = Enumerable.Range(0, 20).Select(_ => FindAsync()).ToList();
        read.SetResult(view);

        (await Task.WhenAll(finding)).ShouldAllBe(known => known.View == view);
        await Grain.Received(1).GetAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Find_SuspendedWhileItWasRead_IsNotRememberedAsActive()
    {
        var before = await Grain.GetAsync(CancellationToken.None);
        var read = new TaskCompletionSource<ProjectView?>();
        var suspended = before! with { Suspension = new ProjectSuspension("ann", "moving house", default) };
        Grain.GetAsync(Arg.Any<CancellationToken>()).Returns(read.Task, Task.FromResult<ProjectView?>(suspended));

        var first = FindAsync();
        _directory.Forget("awoooi");
        read.SetResult(before);
        await first;

        (await FindAsync()).View!.Suspension.ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_WhileTheGrainIsOutOfReach_BelievesTheLastWordForAMinute()
    {
        await FindAsync();
        Grain.GetAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<ProjectView?>(new CommandUnavailableException("It moves.")));
        _clock.Advance(Believed + TimeSpan.FromSeconds(1));

        (await FindAsync()).View.ShouldNotBeNull();
        // Senders are not held up by asking again and again.
        _directory.Recall("awoooi").ShouldNotBeNull();

        _clock.Advance(TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<CommandUnavailableException>(FindAsync);
    }

    [Fact]
    public async Task Find_WhileTheGrainDoesNotAnswer_BelievesTheLastWordAfterASecond()
    {
        await FindAsync();
        Grain.GetAsync(Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource<ProjectView?>().Task);
        _clock.Advance(Believed + TimeSpan.FromSeconds(1));

        var finding = FindAsync();
        await Eventually.BecomesTrueAsync(() => _clock.IsWaitedOn(TimeSpan.FromSeconds(1)), "it waits for a newer word");
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await finding).View.ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_OfManyNamesThatNoProjectHas_ForgetsOldOnesAndKeepsProjects()
    {
        await FindAsync();
        for (var number = 0; number < 5000; number++)
            (await _directory.FindAsync($"guess-{number}", CancellationToken.None)).View.ShouldBeNull();

        await FindAsync();
        await Grain.Received(1).GetAsync(Arg.Any<CancellationToken>());
        Enumerable.Range(0, 5000).Count(number => _directory.Recall($"guess-{number}") is not null).ShouldBeLessThanOrEqualTo(4096);
    }

    private Task<KnownProject> FindAsync() => _directory.FindAsync("awoooi", CancellationToken.None).AsTask();
}
