using AwoooP.Journal.Delivery;
using AwoooP.Journal.Faults;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>What is tried again and what is held back.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.InvalidTextRepresentation, FaultKind.Deterministic)]
    [InlineData(PostgresErrorCodes.CheckViolation, FaultKind.Deterministic)]
    [InlineData(PostgresErrorCodes.ProgramLimitExceeded, FaultKind.Deterministic)]
    [InlineData(PostgresErrorCodes.ForeignKeyViolation, FaultKind.ParentMissing)]
    [InlineData(PostgresErrorCodes.UndefinedTable, FaultKind.Outage)]
    [InlineData(PostgresErrorCodes.AdminShutdown, FaultKind.Outage)]
    public void OfProjection_FaultOfTheServer_IsToldByItsState(string sqlState, object kind) =>
        Fault.OfProjection(new PostgresException("text", "ERROR", "ERROR", sqlState)).ShouldBe((FaultKind)kind);

    [Fact]
    public void Describe_FaultOfTheServer_NeverQuotesItsText() =>
        Fault.Describe(new PostgresException("key (secret) exists", "ERROR", "ERROR", "23505", constraintName: "pk_note")).ShouldBe("postgres 23505 pk_note");

    [Fact]
    public void IsStop_CancelledByAnother_IsAFault()
    {
        using var other = new CancellationTokenSource();
        other.Cancel();

        new OperationCanceledException(other.Token).IsStop(CancellationToken.None).ShouldBeFalse();
        new OperationCanceledException(other.Token).IsStop(other.Token).ShouldBeTrue();
        new DeterministicFaultException("bad").IsStop(other.Token).ShouldBeFalse();
    }
}
