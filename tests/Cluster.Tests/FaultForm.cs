using System.Globalization;

namespace AwoooP.Cluster.Tests;

/// <summary>
/// How long the fault tests go on. The short form is for every run of the tests; <c>./awooop test --faults</c> asks for the long one by
/// the environment, which is read here alone.
/// </summary>
internal static class FaultForm
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("AWOOOP_FAULTS") == "long";

    /// <summary>How often each fault happens to a system.</summary>
    public static int Rounds => IsLong ? 5 : 1;

    /// <summary>What random faults, and the callers of registers, are drawn from.</summary>
    public static int Seed { get; } = Number("AWOOOP_FAULTS_SEED") ?? 1;

    /// <summary>How many times random faults happen to one system.</summary>
    public static int RandomRounds => 10;

    /// <summary>How long systems are set up anew for random faults.</summary>
    public static TimeSpan RandomTime { get; } = TimeSpan.FromMinutes(Number("AWOOOP_FAULTS_MINUTES") ?? 10);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
