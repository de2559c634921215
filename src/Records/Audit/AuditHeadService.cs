using AwoooP.Journal;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.Logging;

namespace AwoooP.Records;

/// <summary>Signs the chains of this silo's partitions, each at most once an hour. It looks more often, since partitions come and go.</summary>
internal sealed partial class AuditHeadService(
    AuditHeadSigner signer, AuditHeadExport export, SiloMembership membership, IPartitionOwnership ownership, TimeProvider time, ILogger<AuditHeadService> logger)
    : PeriodicService(TimeSpan.FromMinutes(5), time)
{
    private static readonly TimeSpan Term = TimeSpan.FromHours(1);

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await membership.Joined.WaitAsync(cancellationToken);
        var (signed, unsigned) = await signer.SignAsync(ownership.Generation, ownership.Owned, Term, cancellationToken);
        LogDone(signed);
        if (unsigned > 0)
            LogUnsigned(unsigned);
        await export.WriteAsync(ownership.Generation, ownership.Owned, cancellationToken);
    }

    protected override void Failed(Exception fault) => LogFailed(fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Audit: {Heads} heads signed")]
    private partial void LogDone(int heads);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Audit: {Chains} chains could not be signed, since Integrations:Audit:Keys has no key for their projects that can be used now")]
    private partial void LogUnsigned(int chains);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Audit: the chains could not be signed, and will be tried again")]
    private partial void LogFailed(Exception fault);
}
