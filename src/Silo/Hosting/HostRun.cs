namespace AwoooP.Silo.Hosting;

/// <summary>
/// Runs the host until it is told to stop. A start that fails or is interrupted ends as any stop does, so that a silo which has joined
/// by then hands its partitions over and leaves.
/// </summary>
internal static class HostRun
{
    private const int Failed = 1;

    /// <returns>The exit code: 1 after a start that failed, of which the host has logged the cause.</returns>
    public static async Task<int> ServeAsync(this WebApplication app)
    {
        await using (app)
        {
            try
            {
                await app.StartAsync();
            }
            catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await app.StopAsync();
                return 0;
            }
            catch (Exception fault)
            {
                await app.StopAsync();
                if (SettingFaults.Of(fault).Count > 0)
                    throw;
                return Failed;
            }

            await app.WaitForShutdownAsync();
            return 0;
        }
    }
}
