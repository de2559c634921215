using AwoooP.Client.Cli;
using AwoooP.Client.Cli.Commands;
using Npgsql;

namespace AwoooP.Api.Tests.Cli;

/// <summary>What PostgreSQL's faults end an owner's command with.</summary>
public sealed class OwnerDatabaseTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull)]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege)]
    public void Refusal_ByTheServer_FailsWithItsWords(string sqlState)
    {
        var told = OwnerDatabase.Explain(new PostgresException("could not extend file", "ERROR", "ERROR", sqlState));

        (told.ExitCode, told.Message).ShouldBe((ExitCodes.Failed, $"PostgreSQL refused: {sqlState} could not extend file."));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    [InlineData(PostgresErrorCodes.CrashShutdown)]
    [InlineData(PostgresErrorCodes.CannotConnectNow)]
    public void Server_ThatStartsOrGoesDown_IsUnreachable(string sqlState) =>
        OwnerDatabase.Explain(new PostgresException("not now", "FATAL", "FATAL", sqlState)).ExitCode.ShouldBe(ExitCodes.Unreachable);

    [Fact]
    public void Connection_ThatIsLost_IsUnreachable()
    {
        var told = OwnerDatabase.Explain(new NpgsqlException("Exception while reading from stream"));

        (told.ExitCode, told.Message).ShouldBe((ExitCodes.Unreachable, "PostgreSQL does not answer: Exception while reading from stream"));
    }
}
