using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Commits;

/// <summary>Random commits of a few aggregates, many at once, against a model that knows what each outcome must mean.</summary>
public sealed class RandomHistoryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Aggregates = 12;
    private const int Rounds = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RandomCommits_EachOutcome_AgreesWithTheModel(int seed)
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => (options.MaxBatchCommits, options.SecondLaneBacklog) = (7, 4));
        var random = new Random(seed);
        var ids = Enumerable.Range(0, Aggregates).Select(number => Some.Id($"history-{seed}-{number}", project: number % 2 == 0 ? "alpha" : "beta")).ToArray();
        var versions = new long[Aggregates];
        var commands = new List<(int Aggregate, Guid Id, Position Position)>();
        var claims = new Dictionary<(string Project, string Key), int>();

        for (var round = 0; round < Rounds; round++)
        {
            // One commit of each chosen aggregate at once: their outcomes must not depend on each other, except by claims.
            var chosen = Enumerable.Range(0, Aggregates).Where(_ => random.Next(3) > 0).ToList();
            var plans = chosen.Select(aggregate => Plan(random, seed, ids[aggregate], aggregate, versions[aggregate], commands)).ToList();
            var outcomes = await Task.WhenAll(plans.Select(async plan => await host.Journal.CommitAsync(plan.Commit, default)));

            foreach (var (plan, outcome) in plans.Zip(outcomes))
                Check(plan, outcome, versions[plan.Aggregate], claims);
            foreach (var (plan, outcome) in plans.Zip(outcomes).Where(pair => pair.Second.Status == CommitStatus.Committed))
            {
                versions[plan.Aggregate] += plan.Commit.Events.Count;
                if (plan.Commit.CommandId is { } command)
                    commands.Add((plan.Aggregate, command, outcome.Position));
            }

            Apply(plans.Zip(outcomes), claims);
        }

        for (var aggregate = 0; aggregate < Aggregates; aggregate++)
        {
            ((await host.Journal.ReadAsync(ids[aggregate], default))?.Version ?? 0).ShouldBe(versions[aggregate]);
            var events = await host.Journal.ReadEventsAsync(ids[aggregate], 0, default).ToListAsync();
            events.Select(recorded => recorded.Version).ShouldBe(Enumerable.Range(1, (int)versions[aggregate]).Select(version => (long)version));
            events.Select(recorded => recorded.Position.Seq).ShouldBeInOrder(SortDirection.Ascending);
        }

        (await CountAsync(Some.CountOfGaps)).ShouldBe(0);
        (await CountAsync($"select count(*) from journal.claim where kind = 'history-{seed}'")).ShouldBe(claims.Count);
    }

    private static CommitPlan Plan(Random random, int seed, AggregateId id, int aggregate, long version, List<(int Aggregate, Guid Id, Position Position)> commands)
    {
        var stale = random.Next(5) == 0;
        var commit = Some.Commit(id, stale ? version + random.Next(1, 3) : version, events: random.Next(1, 4));
        var mine = commands.Where(known => known.Aggregate == aggregate).ToList();
        if (mine.Count > 0 && random.Next(5) == 0)
        {
            var repeated = mine[random.Next(mine.Count)];
            return new CommitPlan(aggregate, commit with { CommandId = repeated.Id }, stale, repeated.Position);
        }

        if (random.Next(2) == 0)
            commit = commit with { CommandId = Guid.CreateVersion7(Some.At) };
        if (random.Next(3) == 0)
            commit = commit with { Claims = [new ClaimChange($"history-{seed}", $"name-{random.Next(4)}", Release: random.Next(2) == 0)] };
        return new CommitPlan(aggregate, commit, stale, null);
    }

    private static void Check(CommitPlan plan, CommitOutcome outcome, long version, Dictionary<(string Project, string Key), int> claims)
    {
        if (plan.Repeats is { } position)
        {
            outcome.Status.ShouldBe(CommitStatus.Repeated);
            outcome.Position.ShouldBe(position);
            return;
        }

        if (plan.Stale)
        {
            outcome.Status.ShouldBe(CommitStatus.VersionConflict, $"at version {version}");
            return;
        }

        if (plan.Commit.Claims is [{ Release: false } claim] && claims.TryGetValue((plan.Commit.Id.ProjectId, claim.Key), out var holder) && holder == plan.Aggregate)
        {
            outcome.Status.ShouldBe(CommitStatus.Committed);
            return;
        }

        // Another of the same round may take or release the name, so either is right where a name is taken.
        outcome.Status.ShouldBeOneOf(plan.Commit.Claims is [{ Release: false }] ? [CommitStatus.Committed, CommitStatus.ClaimTaken] : [CommitStatus.Committed]);
    }

    private static void Apply(IEnumerable<(CommitPlan Plan, CommitOutcome Outcome)> round, Dictionary<(string Project, string Key), int> claims)
    {
        var settled = round.Where(pair => pair.Outcome.Status == CommitStatus.Committed && pair.Plan.Commit.Claims.Count > 0).ToList();
        foreach (var (plan, _) in settled)
        {
            var name = (plan.Commit.Id.ProjectId, plan.Commit.Claims[0].Key);
            if (plan.Commit.Claims[0].Release && claims.TryGetValue(name, out var holder) && holder == plan.Aggregate)
                claims.Remove(name);
        }

        foreach (var (plan, _) in settled.Where(pair => !pair.Plan.Commit.Claims[0].Release))
        {
            var name = (plan.Commit.Id.ProjectId, plan.Commit.Claims[0].Key);
            claims.TryGetValue(name, out var holder).ShouldBe(claims.ContainsKey(name) && holder == plan.Aggregate, "a held name goes to nobody else");
            claims[name] = plan.Aggregate;
        }
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = postgres.Engine.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private sealed record CommitPlan(int Aggregate, Commit Commit, bool Stale, Position? Repeats);
}
