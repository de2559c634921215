using AwoooP.Api.Tests.Hosting;
using AwoooP.Client;
using AwoooP.Client.Auth;
using AwoooP.Operators;
using AwoooP.Testing;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace AwoooP.Api.Tests.Auth;

public sealed class OperatorKeyDirectoryTests
{
    [Fact]
    public async Task FindValid_RevokedWhileItWasRead_IsNotRememberedAsValid()
    {
        var cluster = new StubCluster();
        var key = cluster.Issue("ann", OperatorRole.Operator);
        var grain = cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{key.KeyId}");
        var before = (await grain.GetAsync(CancellationToken.None))!;
        var read = new TaskCompletionSource<OperatorKeyView?>();
        grain.GetAsync(Arg.Any<CancellationToken>()).Returns(read.Task, Task.FromResult<OperatorKeyView?>(before with { Revoked = true }));
        var directory = new OperatorKeyDirectory(cluster, new FakeClock(), Options.Create(new FrontOptions()));

        var first = directory.FindValidAsync(key.KeyId, CancellationToken.None);
        directory.Forget(key.KeyId);
        read.SetResult(before);
        await first;

        (await directory.FindValidAsync(key.KeyId, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task FindValid_Again_AsksTheGrainOnceWithinTheTimeThatAKeyIsBelieved()
    {
        var cluster = new StubCluster();
        var clock = new FakeClock();
        var key = cluster.Issue("ann", OperatorRole.Operator);
        var grain = cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{key.KeyId}");
        var directory = new OperatorKeyDirectory(cluster, clock, Options.Create(new FrontOptions()));

        await directory.FindValidAsync(key.KeyId, CancellationToken.None);
        (await directory.FindValidAsync(key.KeyId, CancellationToken.None)).ShouldNotBeNull();
        await grain.Received(1).GetAsync(Arg.Any<CancellationToken>());

        clock.Advance(new FrontOptions().KeyCache + TimeSpan.FromSeconds(1));
        await directory.FindValidAsync(key.KeyId, CancellationToken.None);
        await grain.Received(2).GetAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Find_AfterThousandsOfGuesses_StillKnowsTheKeyWithoutAsking()
    {
        var cluster = new StubCluster();
        var key = cluster.Issue("ann", OperatorRole.Operator);
        var directory = new OperatorKeyDirectory(cluster, new FakeClock(), Options.Create(new FrontOptions()));
        await directory.FindValidAsync(key.KeyId, CancellationToken.None);

        for (var guess = 0; guess < 5_000; guess++)
            (await directory.FindAsync($"{guess:x16}", mayAsk: true, CancellationToken.None)).ShouldBeNull();

        (await directory.FindAsync(key.KeyId, mayAsk: false, CancellationToken.None)).ShouldNotBeNull();
    }
}
