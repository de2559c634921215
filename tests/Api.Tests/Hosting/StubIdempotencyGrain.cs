using AwoooP.Commands;
using AwoooP.Idempotency;

namespace AwoooP.Api.Tests.Hosting;

internal sealed class StubIdempotencyGrain : IIdempotencyGrain
{
    private readonly Lock _lock = new();
    private TakeIdempotencyKey? _taken;

    public Task<CommandResult> TakeAsync(TakeIdempotencyKey command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _taken ??= command;
            return Task.FromResult(_taken.RequestSha256 == command.RequestSha256
                ? new CommandResult(1)
                : CommandResult.Refuse(1, new Refusal(RefusalKind.Conflict, "idempotency_key_reused", "Used before.")));
        }
    }

    public Task<IdempotencyView?> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_taken is { } taken ? new IdempotencyView(1, taken.RequestSha256, taken.CommandId, taken.Resource, default) : null);

    public Task WakeAsync(string name, DateTimeOffset dueAt, CancellationToken cancellationToken) => Task.CompletedTask;
}
