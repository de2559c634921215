using AwoooP.Journal.Membership;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Lease;

/// <summary>What a silo makes of the leases of others while PostgreSQL's clock goes its own way.</summary>
public sealed class ObservedLeasesTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>What a step that is not seen may take away.</summary>
    private static readonly TimeSpan Tolerance = Lease / 100;

    private readonly FakeClock _local = new();
    private readonly ObservedLeases _leases;
    private readonly Dictionary<string, (DateTimeOffset Until, TimeSpan Lease)> _renewed = [];
    private IReadOnlyList<SiloRow> _rows = [];
    private DateTimeOffset _server = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public ObservedLeasesTests() => _leases = new ObservedLeases(Lease, _local);

    [Fact]
    public void HasRunOut_OfASiloThatFellSilent_IsTrueOnceItsLeaseIsOver()
    {
        Renew("silent");
        Pass(Second);
        Look();

        Pass(Lease - Second);
        HasRunOut("silent").ShouldBeFalse();
        Pass(Tolerance);
        HasRunOut("silent").ShouldBeTrue();
    }

    [Fact]
    public void HasRunOut_OfALeaseRenewedSinceTheRowWasRead_IsFalse()
    {
        Renew("living");
        Look();
        var read = _rows;
        Pass(Second);
        Renew("living");
        Look();

        Pass(Lease * 2);

        _leases.HasRunOut(read[0]).ShouldBeFalse();
    }

    [Fact]
    public void HasRunOut_ServersClockPutForward_IsTrueOnceTheLeaseIsOverByTheSilosOwnClock()
    {
        Renew("silent");
        Look();
        _server += TimeSpan.FromHours(1);
        Look();
        Pass(Lease);
        HasRunOut("silent").ShouldBeFalse();

        Pass(Tolerance);

        HasRunOut("silent").ShouldBeTrue();
    }

    [Fact]
    public void HasRunOut_ServersClockPutForwardBeforeTheRenewalWasSeen_IsTrueALeaseAfterItWas()
    {
        Look();
        Renew("silent");
        _server += TimeSpan.FromSeconds(3);
        Look();
        Pass(Lease - Tolerance);
        HasRunOut("silent").ShouldBeFalse();

        Pass(Tolerance);

        HasRunOut("silent").ShouldBeTrue();
    }

    [Fact]
    public void HasRunOut_ServersClockPutBack_IsTrueOnceTheLeaseIsOverByTheSilosOwnClock()
    {
        Renew("silent");
        Look();
        _server -= TimeSpan.FromHours(1);
        Look();

        Pass(Lease + Tolerance);

        HasRunOut("silent").ShouldBeTrue();
    }

    /// <summary>As a silo that has just started, and wants the place of one that died before the step.</summary>
    [Fact]
    public void HasRunOut_ServersClockPutBackBeforeTheRenewalWasSeen_IsTrueALeaseAfterItWas()
    {
        Renew("silent");
        _server -= TimeSpan.FromMinutes(10);
        Look();
        Pass(Lease);
        HasRunOut("silent").ShouldBeFalse();

        Pass(Tolerance);

        HasRunOut("silent").ShouldBeTrue();
    }

    [Fact]
    public void HasRunOut_ServersClockSlewedForwardForMinutes_TellsTheSilentFromTheLiving()
    {
        const int SecondsOfSlew = 300;
        const int DiesAt = 100;
        var takenOverAt = 0;
        for (var second = 0; second < SecondsOfSlew; second++)
        {
            Renew("living");
            if (second <= DiesAt)
                Renew("silent");

            // Most of a beat later, as much of it as can be slewed away.
            Pass(Second * 0.9, ahead: Second * 0.075);
            Look();
            HasRunOut("living").ShouldBeFalse();
            if (takenOverAt == 0 && HasRunOut("silent"))
                takenOverAt = second;
            Pass(Second * 0.1, ahead: Second * 0.008);
        }

        takenOverAt.ShouldBeInRange(DiesAt + (int)Lease.TotalSeconds, DiesAt + (int)Lease.TotalSeconds + 1);
    }

    [Fact]
    public void HasRunOut_WhileTheyAreSpared_IsFalse()
    {
        Renew("silent");
        Pass(Lease * 2);
        Look();
        HasRunOut("silent").ShouldBeTrue();

        _leases.Spare();
        Pass(Lease - Second);
        HasRunOut("silent").ShouldBeFalse();
        _leases.UntilNextRunsOut(_rows, Lease).ShouldBe(Second);
        Pass(Second);
        HasRunOut("silent").ShouldBeTrue();
        _leases.UntilNextRunsOut(_rows, Lease).ShouldBe(Lease, "it is told already");
    }

    /// <summary>Those of others are as long as they say: a silo with a short one buries nobody who still believes in a longer one.</summary>
    [Fact]
    public void HasRunOut_OfALongerLeaseThanTheSilosOwn_IsTrueOnceThatIsOver()
    {
        var longer = Lease * 8;
        Look();
        Renew("patient", longer);
        Pass(Second);
        _server += longer - Lease;
        Look();

        Pass(longer - Tolerance);
        HasRunOut("patient").ShouldBeFalse("the step has taken away most of what the table says is left");
        Pass(Tolerance);
        HasRunOut("patient").ShouldBeTrue();
    }

    [Fact]
    public void HasRunOut_OfAShorterLeaseThanTheSilosOwn_IsTrueOnceThatIsOver()
    {
        Look();
        Renew("hasty", Second);
        _server += TimeSpan.FromHours(1);
        Look();

        Pass(Second);

        HasRunOut("hasty").ShouldBeTrue();
    }

    [Fact]
    public void HasRunOut_WhileTheyAreSpared_IsFalseForAsLongAsEachLeaseIs()
    {
        Renew("patient", Lease * 8);
        Renew("hasty", Second);
        Pass(Lease * 9);
        Look();

        _leases.Spare();
        Pass(Second);
        HasRunOut("hasty").ShouldBeTrue();
        Pass((Lease * 8) - (Second * 2));
        HasRunOut("patient").ShouldBeFalse("it says only four times in its lease that it is there");
        Pass(Second);
        HasRunOut("patient").ShouldBeTrue();
    }

    private void Renew(string silo) => Renew(silo, Lease);

    private void Renew(string silo, TimeSpan lease) => _renewed[silo] = (_server + lease, lease);

    private void Pass(TimeSpan time, TimeSpan ahead = default)
    {
        _local.Advance(time);
        _server += time + ahead;
    }

    private void Look()
    {
        _rows =
        [
            .. _renewed.Select(silo => new SiloRow(silo.Key, 1, 1, silo.Key, Alive: true, silo.Value.Until - _server)
            {
                LeaseUntil = silo.Value.Until,
                Lease = silo.Value.Lease,
            }),
        ];
        _leases.See(new ClusterRows(1, _rows) { ServerTime = _server }, _local.GetTimestamp(), _local.GetTimestamp());
    }

    private bool HasRunOut(string silo) => _leases.HasRunOut(_rows.Single(row => row.SiloId == silo));
}
