using AwoooP.Client;
using AwoooP.Client.Auth;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Hosting;

/// <summary>Makes this machine's operator key once the journal can write.</summary>
internal sealed class FirstOperator(LocalOperator local, SiloOptions options, IOptions<FrontOptions> front) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        local.EnsureAsync(options.OperatorKeyFile, front.Value.DefaultProject, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
