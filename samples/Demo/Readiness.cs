using System.Net.Sockets;

namespace AwoooP.Demo;

/// <summary>Waits until something answers.</summary>
public static class Readiness
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    public static Task WaitAsync(Uri address, CancellationToken cancellationToken) =>
        UntilAsync(async token =>
        {
            try
            {
                using var answer = await Http.GetAsync(address, token);
                return answer.IsSuccessStatusCode;
            }
            catch (Exception fault) when (fault is HttpRequestException or SocketException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }, $"{address} does not answer", cancellationToken);

    /// <summary>Asks again and again until the answer is yes; gives up after five minutes.</summary>
    public static async Task UntilAsync(Func<CancellationToken, Task<bool>> condition, string otherwise, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (!await condition(limit.Token))
                await timer.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(otherwise + " (waited five minutes).");
        }
    }
}
