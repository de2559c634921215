using System.Buffers.Text;
using System.Text;

namespace AwoooP.Bench.Intake;

/// <summary>An HTTP/1.1 answer with a Content-Length or an empty chunked body, which is all that either side sends here.</summary>
internal static class Answer
{
    /// <summary>True once the whole answer is there.</summary>
    public static bool TryParse(ReadOnlySpan<byte> received, out int status)
    {
        status = 0;
        var headEnd = received.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
            return false;

        Utf8Parser.TryParse(received[9..12], out status, out _);
        var head = received[..headEnd];
        var body = received[(headEnd + 4)..];
        var length = IndexOfHeader(head, "content-length: "u8);
        if (length >= 0)
        {
            Utf8Parser.TryParse(head[length..], out int expected, out _);
            return body.Length >= expected;
        }

        return IndexOfHeader(head, "transfer-encoding: chunked"u8) < 0 || body.EndsWith("0\r\n\r\n"u8);
    }

    /// <summary>Where the value of a header starts; header names differ in case between servers.</summary>
    private static int IndexOfHeader(ReadOnlySpan<byte> head, ReadOnlySpan<byte> lowerCase)
    {
        for (var start = 0; start + lowerCase.Length <= head.Length; start++)
        {
            if (Ascii.EqualsIgnoreCase(head.Slice(start, lowerCase.Length), lowerCase))
                return start + lowerCase.Length;
        }

        return -1;
    }
}
