using System.Buffers;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Tests.Transport;

public sealed class FrameFormatTests
{
    private const int Limit = 16;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limit)]
    public void TryRead_CutAnywhere_TakesTheFrameOnlyWhenItIsWhole(int length)
    {
        var frame = Frame(FrameKind.Answer, [.. Enumerable.Range(0, length).Select(static number => (byte)number)]);
        for (var cut = 0; cut <= frame.Length; cut++)
        {
            var part = new ReadOnlySequence<byte>(frame.AsMemory(0, cut));
            FrameFormat.TryRead(ref part, Limit, out _, out _).ShouldBe(cut == frame.Length);

            var whole = InTwo(frame, cut);
            FrameFormat.TryRead(ref whole, Limit, out var kind, out var body).ShouldBeTrue();
            kind.ShouldBe(FrameKind.Answer);
            body.ToArray().ShouldBe(frame[FrameFormat.HeaderBytes..]);
            whole.IsEmpty.ShouldBeTrue();
        }
    }

    [Fact]
    public void TryRead_TwoFrames_LeavesTheSecond()
    {
        var both = new ReadOnlySequence<byte>([.. Frame(FrameKind.Request, [1]), .. Frame(FrameKind.Cancel, [2])]);

        FrameFormat.TryRead(ref both, Limit, out _, out _).ShouldBeTrue();
        FrameFormat.TryRead(ref both, Limit, out var kind, out _).ShouldBeTrue();

        kind.ShouldBe(FrameKind.Cancel);
    }

    [Fact]
    public void TryRead_OverTheLimit_IsRefusedByItsHeaderAlone()
    {
        var header = new ReadOnlySequence<byte>(Frame(FrameKind.Request, new byte[Limit + 1])[..FrameFormat.HeaderBytes]);

        Should.Throw<FrameException>(() => FrameFormat.TryRead(ref header, Limit, out _, out _)).Message.ShouldContain("17");
    }

    [Fact]
    public void TryRead_LengthAboveTwoGiB_IsRefused()
    {
        var header = new ReadOnlySequence<byte>([0xFF, 0xFF, 0xFF, 0xFF, (byte)FrameKind.Request]);

        Should.Throw<FrameException>(() => FrameFormat.TryRead(ref header, Limit, out _, out _));
    }

    [Fact]
    public void TryRead_NoKind_IsRefused()
    {
        var frame = new ReadOnlySequence<byte>(Frame(FrameKind.None, []));

        Should.Throw<FrameException>(() => FrameFormat.TryRead(ref frame, Limit, out _, out _));
    }

    private static byte[] Frame(FrameKind kind, byte[] body)
    {
        var header = new byte[FrameFormat.HeaderBytes];
        FrameFormat.WriteHeader(header, kind, body.Length);
        return [.. header, .. body];
    }

    private static ReadOnlySequence<byte> InTwo(byte[] bytes, int cut)
    {
        var first = new Segment(bytes.AsMemory(0, cut), 0);
        var last = first.Append(bytes.AsMemory(cut));
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long at) => (Memory, RunningIndex) = (memory, at);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
