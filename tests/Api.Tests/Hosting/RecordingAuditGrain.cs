using AwoooP.Audit;
using AwoooP.Commands;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>An audit grain that remembers what it was told, and by whom.</summary>
internal sealed class RecordingAuditGrain : IAuditGrain
{
    public List<(CallContext Caller, DenyAct Act)> Denied { get; } = [];

    public List<(CallContext Caller, CountDenials Command)> Counted { get; } = [];

    public List<(CallContext Caller, BeginSession Command)> Begun { get; } = [];

    public List<(CallContext Caller, EndSession Command)> Ended { get; } = [];

    public Exception? Fault { get; set; }

    public Task<CommandResult> DenyAsync(DenyAct command, CancellationToken cancellationToken) => Note(Denied, command);

    public Task<CommandResult> CountAsync(CountDenials command, CancellationToken cancellationToken) => Note(Counted, command);

    public Task<CommandResult> BeginSessionAsync(BeginSession command, CancellationToken cancellationToken) => Note(Begun, command);

    public Task<CommandResult> EndSessionAsync(EndSession command, CancellationToken cancellationToken) => Note(Ended, command);

    public Task WakeAsync(string name, DateTimeOffset dueAt, CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<CommandResult> Note<T>(List<(CallContext, T)> list, T command)
    {
        if (Fault is not null)
            return Task.FromException<CommandResult>(Fault);
        lock (list)
            list.Add((CallContext.Current!, command));
        return Task.FromResult(new CommandResult(list.Count, "1.1.1"));
    }
}
