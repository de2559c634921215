using AwoooP.Journal.Membership;

namespace AwoooP.Runtime.Membership;

/// <summary>
/// Orleans' table of silos, as a view of the journal's. Who is a member is decided there, by the lease: whoever has not been declared dead is
/// active. Nothing that Orleans would write reaches the database; of this silo alone, the steps of its start and its end are remembered.
/// </summary>
internal sealed class JournalMembershipTable(IClusterMap map, ILocalSiloDetails local, TimeProvider time) : IMembershipTable
{
    /// <summary>The steps of one silo's life have room between two versions of the journal's table.</summary>
    private const int StepsInAVersion = 8;

    private readonly Lock _gate = new();
    private MembershipEntry? _own;
    private int _step;
    private bool _hasJoined;

    /// <summary>The journal has made it.</summary>
    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task<MembershipTableData> ReadAll()
    {
        var view = map.Current;
        lock (_gate)
        {
            _hasJoined |= view.Members.Any(IsThisProcess);
            var version = new TableVersion(checked((int)((view.Number * StepsInAVersion) + Math.Min(_step, StepsInAVersion - 1))), "");
            var rows = view.Members.Select(Describe).OfType<MembershipEntry>().Concat(_own is null ? [] : [Copy(_own)]);
            return Task.FromResult(new MembershipTableData([.. rows.Select(static row => Tuple.Create(row, ""))], version));
        }
    }

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var all = await ReadAll();
        return all.TryGet(key) is { } row ? new MembershipTableData(row, all.Version) : new MembershipTableData(all.Version);
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Task.FromResult(Remember(entry));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Task.FromResult(Remember(entry));

    /// <summary>The lease says so.</summary>
    public Task UpdateIAmAlive(MembershipEntry entry) => Task.CompletedTask;

    /// <summary>The journal's rows are not Orleans' to remove.</summary>
    public Task DeleteMembershipTableEntries(string clusterId) => Task.CompletedTask;

    /// <inheritdoc cref="DeleteMembershipTableEntries"/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Task.CompletedTask;

    private bool Remember(MembershipEntry entry)
    {
        if (!entry.SiloAddress.Equals(local.SiloAddress))
            return false;

        lock (_gate)
        {
            _own = entry;
            _step++;
        }

        return true;
    }

    private bool IsThisProcess(ClusterMember member) => !member.IsDead && MemberAddress.TryGet(member, out var address) && address.Equals(local.SiloAddress);

    private MembershipEntry? Describe(ClusterMember member)
    {
        // Orleans starts once it reaches everybody here. Of what a crash has left nobody answers, and only who has joined may declare it dead.
        if (!_hasJoined && !member.IsAlive)
            return null;

        // What had this silo's name or its endpoint before is gone, whatever its lease says: they are this process's now.
        if (member.IsDead || member.SiloId == local.Name || !MemberAddress.TryGet(member, out var address) || address.Endpoint.Equals(local.SiloAddress.Endpoint))
            return null;

        return new MembershipEntry
        {
            SiloAddress = address,
            SiloName = member.SiloId,
            HostName = address.Endpoint.Address.ToString(),
            Status = SiloStatus.Active,
            StartTime = DateTime.UnixEpoch,
            IAmAliveTime = time.GetUtcNow().UtcDateTime,
            SuspectTimes = [],
        };
    }

    /// <summary>Orleans changes the entries that it was given. It takes a table up that has lost a silo and is of the same version only if somebody in it is more lively.</summary>
    private MembershipEntry Copy(MembershipEntry entry) => new()
    {
        SiloAddress = entry.SiloAddress,
        SiloName = entry.SiloName,
        HostName = entry.HostName,
        RoleName = entry.RoleName,
        Status = entry.Status,
        ProxyPort = entry.ProxyPort,
        StartTime = entry.StartTime,
        IAmAliveTime = time.GetUtcNow().UtcDateTime,
        SuspectTimes = [.. entry.SuspectTimes ?? []],
    };
}
