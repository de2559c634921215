using AwoooP.Client;
using AwoooP.Client.Projects;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Hosting;

/// <summary>Makes the projects that are there from the first start on, once the journal can write.</summary>
internal sealed class FirstProjects(SiloMembership membership, ProjectOnboarding onboarding, IOptions<FrontOptions> front) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await membership.Joined.WaitAsync(cancellationToken);
        await onboarding.EnsureAsync(front.Value.DefaultProject, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
