using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace AwoooP.Api.Tests.Auth;

public sealed class LocalOperatorTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-local-operator-");

    [Fact]
    public async Task Ensure_NobodyCanAnswerForTheMoment_AsksAgain()
    {
        var (cluster, clock) = (new StubCluster(), new FakeClock());
        var key = cluster.Issue(LocalOperator.OperatorId, OperatorRole.Admin, "*");
        var grain = cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{key.KeyId}");
        var known = await grain.GetAsync(CancellationToken.None);
        grain.GetAsync(Arg.Any<CancellationToken>()).Returns(
            Task.FromException<OperatorKeyView?>(new CommandUnavailableException("The lease has lapsed.")), Task.FromResult(known));

        var ensuring = EnsureAsync(cluster, clock, key);
        await Eventually.BecomesTrueAsync(() => clock.IsWaitedOn(Pause), "it rests");
        clock.Advance(Pause);

        (await ensuring).ShouldBeFalse();
    }

    [Fact]
    public async Task Ensure_FaultThatStays_Ends()
    {
        var (cluster, clock) = (new StubCluster(), new FakeClock());
        var key = cluster.Issue(LocalOperator.OperatorId, OperatorRole.Admin, "*");
        cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{key.KeyId}").GetAsync(Arg.Any<CancellationToken>())
            .Returns(Task.FromException<OperatorKeyView?>(new InvalidOperationException("A bug.")));

        await Should.ThrowAsync<InvalidOperationException>(() => EnsureAsync(cluster, clock, key));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<bool> EnsureAsync(StubCluster cluster, FakeClock clock, ApiKey key)
    {
        var file = Path.Combine(_folder.FullName, "operator.key");
        await File.WriteAllTextAsync(file, key.Reveal());
        return await new LocalOperator(cluster, clock, NullLogger<LocalOperator>.Instance).EnsureAsync(file, "awoooi", CancellationToken.None);
    }
}
