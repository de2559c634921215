using AwoooP.Client;
using AwoooP.Client.Auth;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Hosting;

/// <summary>Makes this machine's operator key once the journal can write.</summary>
internal sealed class FirstOperator(SiloMembership membership, LocalOperator local, SiloOptions options, IOptions<FrontOptions> front) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await membership.Joined.WaitAsync(cancellationToken);
        await local.EnsureAsync(options.OperatorKeyFile, front.Value.DefaultProject, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
