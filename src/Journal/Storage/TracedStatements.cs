using System.Diagnostics;
using Npgsql;

namespace AwoooP.Journal.Storage;

/// <summary>Which statements are traced: those that traced work stands behind. The others are housekeeping, such as the renewal of a lease, and there are many.</summary>
internal static class TracedStatements
{
    public static NpgsqlDataSource BuildWithTracesOfWork(this NpgsqlDataSourceBuilder builder) => builder
        .ConfigureTracing(static tracing => tracing
            .ConfigureCommandFilter(static _ => IsOfWork)
            .ConfigureBatchFilter(static _ => IsOfWork)
            .ConfigureCopyOperationFilter(static _ => IsOfWork)
            .EnablePhysicalOpenTracing(false))
        .Build();

    private static bool IsOfWork => Activity.Current is not null;
}
