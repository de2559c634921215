using System.Buffers;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace AwoooP.Client.Http;

/// <summary>A request's whole body in rented memory. Dispose gives the memory back.</summary>
internal readonly struct BoundedBody : IDisposable
{
    private readonly byte[] _rented;
    private readonly int _length;

    private BoundedBody(byte[] rented, int length)
    {
        _rented = rented;
        _length = length;
    }

    public ReadOnlySpan<byte> Span => _rented.AsSpan(0, _length);

    public ReadOnlyMemory<byte> Memory => _rented.AsMemory(0, _length);

    /// <exception cref="ProblemException">The body is longer than <paramref name="limit"/>: 413 with <paramref name="tooLarge"/>.</exception>
    public static async ValueTask<BoundedBody> ReadAsync(HttpRequest request, int limit, string tooLarge, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            throw TooLarge(limit, tooLarge);

        // The server would otherwise cut in with its own, larger, bound.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge(limit, tooLarge);
            }

            if (read.IsCompleted)
            {
                var length = (int)read.Buffer.Length;
                var rented = ArrayPool<byte>.Shared.Rent(length);
                read.Buffer.CopyTo(rented);
                reader.AdvanceTo(read.Buffer.End);
                return new BoundedBody(rented, length);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);

    private static ProblemException TooLarge(int limit, string code) =>
        new(Problem.TooLarge(code, $"The body may have at most {limit} bytes."));
}
