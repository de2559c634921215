using AwoooP.Audit;
using AwoooP.Journal;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Signs the chains that have moved on, so that their rows up to there can no longer be changed by whoever has the database alone.</summary>
/// <param name="engine">Role awooop_engine, which knows every project.</param>
/// <param name="app">Role awooop_app.</param>
public sealed class AuditHeadSigner(NpgsqlDataSource engine, NpgsqlDataSource app, IAuditSigner signer, IDurableClock clock)
{
    /// <summary>So many projects are looked at with one statement.</summary>
    private const int ProjectsAtOnce = 20;

    private readonly AuditHeadTable _heads = new(app);

    /// <param name="generation">Of the chains.</param>
    /// <param name="partitions">Whose chains are to be signed.</param>
    /// <param name="atMostEvery">A chain is signed again after this long at the earliest.</param>
    /// <param name="cancellationToken">Ends it between two groups of projects.</param>
    public async Task<AuditSigning> SignAsync(int generation, IReadOnlyCollection<short> partitions, TimeSpan atMostEvery, CancellationToken cancellationToken)
    {
        if (partitions.Count == 0)
            return default;

        var done = default(AuditSigning);
        foreach (var projects in (await FindProjects.ExecuteAsync(engine, cancellationToken)).Chunk(ProjectsAtOnce))
        {
            // To the microsecond, as the table keeps what is signed.
            var now = clock.Now.ToUniversalTime();
            now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
            var heads = new List<SignedAuditHead>();
            foreach (var (chain, end) in await _heads.FindMovedAsync(projects, generation, partitions, now - atMostEvery, now, cancellationToken))
            {
                var head = new AuditHead(chain, end, now);
                if (await signer.SignAsync(chain.ProjectId, head.ToBytes(), cancellationToken) is { } signature)
                    heads.Add(new SignedAuditHead(head, signature));
                else
                    done = done with { Unsigned = done.Unsigned + 1 };
            }

            if (heads.Count > 0)
                await _heads.AddAsync(heads, cancellationToken);
            done = done with { Signed = done.Signed + heads.Count };
        }

        return done;
    }
}

/// <summary>What came of one round over the chains of a silo.</summary>
/// <param name="Signed">Heads that were written.</param>
/// <param name="Unsigned">Chains that were due and have no key that can be used now. They stay due.</param>
public readonly record struct AuditSigning(int Signed, int Unsigned);
