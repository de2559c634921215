namespace AwoooP.Journal.Intake;

/// <summary>One request on its way into the log.</summary>
internal sealed class AppendRequest(IntakePartition partition, IntakeEntry entry)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IntakePartition Partition { get; } = partition;

    public IntakeEntry Entry { get; } = entry;

    public long Seq { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public Task Done => _done.Task;

    public void Succeed() => _done.TrySetResult();

    public void Fail(JournalUnavailableException fault) => _done.TrySetException(fault);
}
