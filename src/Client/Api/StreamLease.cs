using AwoooP.Client.Auth;
using AwoooP.Client.Problems;

namespace AwoooP.Client.Api;

/// <summary>
/// Whether what an event stream was opened with is still good. A stream lasts for days and is authorised once, so it asks again with every sign of life; roles
/// need no second look, since those of a key and of a token never change in a running process.
/// </summary>
internal sealed class StreamLease(OperatorPrincipal who, ProvenOperators operators, TimeProvider time)
{
    /// <summary>How long the last word holds while nobody can be asked: a grain that moves to another silo must not end every stream.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private long _believedAt = time.GetTimestamp();

    /// <summary>How long until it has ended whatever else becomes of it; null when only the key decides.</summary>
    public TimeSpan? Left => who.EndsAt - time.GetUtcNow();

    public async ValueTask<bool> HoldsAsync(CancellationToken cancellationToken)
    {
        if (Left <= TimeSpan.Zero)
            return false;

        try
        {
            if (await operators.FindAsync(who.Proof, cancellationToken) is null)
                return false;

            _believedAt = time.GetTimestamp();
            return true;
        }
        catch (Exception fault) when (FaultMiddleware.IsForNow(fault) && !cancellationToken.IsCancellationRequested)
        {
            return time.GetElapsedTime(_believedAt) < Patience;
        }
    }
}
