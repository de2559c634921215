using System.Text;

namespace AwoooP.Integrations.Commands;

/// <summary>Both streams of a program in the order in which they came, up to a bound; what is more is read and counted, so that the program never blocks on it.</summary>
internal sealed class ProgramOutput(int maxLength)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private long _unread;

    public string Text
    {
        get
        {
            lock (_gate)
                return _text.ToString();
        }
    }

    public long Unread
    {
        get
        {
            lock (_gate)
                return _unread;
        }
    }

    public async Task ReadAsync(StreamReader stream)
    {
        var buffer = new char[4096];
        while (await ReadSomeAsync(stream, buffer) is var read and > 0)
        {
            lock (_gate)
            {
                var kept = Math.Min(read, maxLength - _text.Length);
                _text.Append(buffer, 0, kept);
                _unread += read - kept;
            }
        }
    }

    /// <summary>When the process object is gone, so is the stream: the end.</summary>
    private static async Task<int> ReadSomeAsync(StreamReader stream, char[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (Exception fault) when (fault is ObjectDisposedException or IOException or OperationCanceledException)
        {
            return 0;
        }
    }
}
