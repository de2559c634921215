using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Brakes;

internal sealed class BrakeGrain(AggregateServices services) : AggregateGrain<Brake, BrakeEvent>(services), IBrakeGrain
{
    public Task<CommandResult> PauseAsync(Pause command, CancellationToken cancellationToken) =>
        ExecuteAsync((brake, _) => BrakeDecider.Pause(brake, command, Id.ProjectId, Caller.Actor), cancellationToken);

    public Task<CommandResult> ResumeAsync(Resume command, CancellationToken cancellationToken) =>
        ExecuteAsync((brake, _) => BrakeDecider.Resume(brake, command, Id.ProjectId, Caller.Actor), cancellationToken);

    public Task<BrakeView> GetAsync(CancellationToken cancellationToken) =>
        ReadAsync(static (brake, version) => new BrakeView(version, brake.Project, brake.Playbooks), cancellationToken);
}
